// Kindred's only door to libtorch: tensors as handles, any ATen operator by name, gradients, modes, generators.
//
// Every function that can fail returns its message, which the caller frees with ct_free_text, or NULL. No C++ exception
// leaves this library. No function here keeps state of its own except the count of live handles.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct CTTensorObject *CTTensor;          // one reference to a tensor; released once
typedef const struct CTOperatorObject *CTOperator; // lives as long as the process
typedef struct CTGeneratorObject *CTGenerator;     // a random generator; released once
typedef char *CTFailure;                           // a message, or NULL

void ct_free_text(char *text);

// Values that cross the border

typedef enum {
  CT_NONE, CT_TENSOR, CT_INT, CT_DOUBLE, CT_BOOL, CT_INTS, CT_DOUBLES, CT_BOOLS, CT_TENSORS, CT_OPTIONAL_TENSORS,
  CT_STRING, CT_DEVICE, CT_GENERATOR, CT_NO_SCALARS // an empty list of what may be numbers
} CTTag;

typedef struct {
  CTTag tag;
  int32_t index; // of a device, -1 for the current one
  union {
    CTTensor tensor;
    CTGenerator generator;
    int64_t integer; // CT_INT, CT_BOOL, and the kind of a CT_DEVICE
    double number;
    struct { const void *first; size_t count; } list; // int64_t, double, CTTensor (NULL where optional) or char
  };
} CTValue;

// Operators

// Finds aten::name.overload; NULL with a message when this libtorch has none.
CTOperator ct_operator(const char *name, const char *overload, CTFailure *failure);

// Calls an operator. Arguments that are not given take their defaults. On success *count results are in `results`,
// whose capacity is `capacity`; tensors among them belong to the caller.
CTFailure ct_call(CTOperator op, const CTValue *arguments, size_t argument_count, CTValue *results, size_t capacity,
                  size_t *count);

// Tensors

CTFailure ct_tensor_copying(const void *bytes, size_t byte_count, const int64_t *sizes, size_t rank, int8_t type,
                            CTTensor *result);
// Uses the memory as it lies; `release(context)` is called when nothing uses it any more.
CTFailure ct_tensor_borrowing(void *bytes, const int64_t *sizes, size_t rank, int8_t type, void *context,
                              void (*release)(void *), CTTensor *result);
CTTensor ct_retain(CTTensor tensor); // another reference to the same tensor
void ct_release(CTTensor tensor);
int64_t ct_live_tensors(void);

size_t ct_rank(CTTensor tensor);
void ct_sizes(CTTensor tensor, int64_t *sizes);
int8_t ct_type(CTTensor tensor);
void ct_device(CTTensor tensor, int8_t *kind, int8_t *index);
bool ct_is_contiguous(CTTensor tensor);
bool ct_is_same(CTTensor a, CTTensor b);
const void *ct_bytes(CTTensor tensor); // of a contiguous tensor in main memory

// Gradients

bool ct_requires_gradient(CTTensor tensor);
CTFailure ct_set_requires_gradient(CTTensor tensor, bool required);
// ∂output/∂inputs; a NULL handle where an input does not matter.
CTFailure ct_gradients(CTTensor output, CTTensor seed, const CTTensor *inputs, size_t count, bool retain,
                       CTTensor *results);
// A backward step: given ∂/∂outputs (NULL where unused; handed over), fills ∂/∂inputs (NULL for none; handed over).
typedef CTFailure (*CTBackward)(void *context, const CTTensor *gradients, size_t gradient_count, CTTensor *results,
                                size_t result_count);
// Makes `outputs`, computed without gradient from `inputs`, differentiable through `backward`. `release(context)` is
// called once in every case, also on failure and when no input needs a gradient.
CTFailure ct_attach_gradient(const CTTensor *inputs, size_t input_count, const CTTensor *outputs, size_t output_count,
                             CTBackward backward, void *context, void (*release)(void *));

// Modes of the calling thread

bool ct_gradient_enabled(void);
void ct_set_gradient_enabled(bool enabled);
// Enters (type ≥ 0) or leaves (type < 0) automatic reduced precision for a kind of device. Scopes nest.
CTFailure ct_autocast_enter(int8_t device_kind, int8_t type);
void ct_autocast_leave(int8_t device_kind, bool was_enabled, int8_t was_type);
bool ct_autocast_enabled(int8_t device_kind);
int8_t ct_autocast_type(int8_t device_kind);

// Randomness

CTFailure ct_generator(int8_t device_kind, int8_t device_index, uint64_t seed, CTGenerator *result);
void ct_generator_release(CTGenerator generator);

// The engine itself

const char *ct_version(void);
char *ct_cpu_capability(void);
bool ct_cpu_multiplies_bfloat16(void);
int ct_threads(void);
void ct_set_threads(int count);
// Calls `body(context)` at most so many times, on libtorch's threads at once, the caller's among them; on the caller's
// alone where the others are at work for it. Nothing in it can fail but for want of memory, which ends the process.
void ct_on_threads(int32_t count, void (*body)(void *context), void *context);
// Loads libtorch's CUDA part from beside its CPU part, when it is there.
CTFailure ct_load_cuda(bool *loaded);
int ct_device_count(int8_t kind);
CTFailure ct_synchronize(int8_t kind, int8_t index);
// Chooses algorithms that give the same bits every time.
void ct_set_deterministic(bool on);
// Keeps memory that was freed in the process, and large tensors apart from what is small, on Linux.
void ct_keep_freed_memory(void);

#ifdef __cplusplus
}
#endif
