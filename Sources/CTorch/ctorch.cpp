#include "ctorch.h"

#include <dlfcn.h>
#include <unistd.h>

#include <atomic>
#include <cstring>
#include <memory>
#include <string>

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/TensorIterator.h>
#include <ATen/Version.h>
#include <ATen/autocast_mode.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <c10/core/DeviceGuard.h>
#include <c10/core/impl/DeviceGuardImplInterface.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/functions/utils.h>
#include <torch/version.h>

struct CTOperatorObject {
  c10::OperatorHandle handle;
};
struct CTGeneratorObject {
  at::Generator generator;
};

namespace {

std::atomic<int64_t> liveTensors{0};

at::Tensor &unwrap(CTTensor tensor) { return *reinterpret_cast<at::Tensor *>(tensor); }

CTTensor wrap(at::Tensor tensor) {
  liveTensors.fetch_add(1, std::memory_order_relaxed);
  return reinterpret_cast<CTTensor>(new at::Tensor(std::move(tensor)));
}

CTTensor wrapOrNull(at::Tensor tensor) { return tensor.defined() ? wrap(std::move(tensor)) : nullptr; }

/// Runs a body and turns whatever it throws into a message. ATen's own messages carry a C++ stack after their first
/// lines, which `what_without_backtrace` leaves out.
template <typename Body>
CTFailure guarded(Body body) noexcept {
  try {
    body();
    return nullptr;
  } catch (const c10::Error &error) {
    return strdup(error.what_without_backtrace());
  } catch (const std::exception &error) {
    return strdup(error.what());
  } catch (...) {
    return strdup("an unknown C++ exception");
  }
}

c10::Device deviceOf(int64_t kind, int32_t index) {
  return c10::Device(static_cast<c10::DeviceType>(kind), static_cast<c10::DeviceIndex>(index));
}

c10::IValue valueOf(const CTValue &value) {
  switch (value.tag) {
    case CT_NONE: return {};
    case CT_TENSOR: return unwrap(value.tensor);
    case CT_INT: return value.integer;
    case CT_DOUBLE: return value.number;
    case CT_BOOL: return value.integer != 0;
    case CT_INTS: {
      auto first = static_cast<const int64_t *>(value.list.first);
      return std::vector<int64_t>(first, first + value.list.count);
    }
    case CT_DOUBLES: {
      auto first = static_cast<const double *>(value.list.first);
      return std::vector<double>(first, first + value.list.count);
    }
    case CT_BOOLS: {
      auto first = static_cast<const int64_t *>(value.list.first);
      c10::List<bool> list;
      for (size_t i = 0; i < value.list.count; i++) list.push_back(first[i] != 0);
      return list;
    }
    case CT_TENSORS: {
      auto first = static_cast<const CTTensor *>(value.list.first);
      std::vector<at::Tensor> tensors;
      tensors.reserve(value.list.count);
      for (size_t i = 0; i < value.list.count; i++) tensors.push_back(unwrap(first[i]));
      return tensors;
    }
    case CT_OPTIONAL_TENSORS: {
      auto first = static_cast<const CTTensor *>(value.list.first);
      c10::List<std::optional<at::Tensor>> tensors;
      for (size_t i = 0; i < value.list.count; i++) {
        tensors.push_back(first[i] ? std::make_optional(unwrap(first[i])) : std::nullopt);
      }
      return tensors;
    }
    case CT_STRING:
      return std::string(static_cast<const char *>(value.list.first), value.list.count);
    case CT_DEVICE: return deviceOf(value.integer, value.index);
    case CT_GENERATOR: return value.generator->generator;
    case CT_NO_SCALARS: return c10::List<std::optional<at::Scalar>>();
  }
  throw std::runtime_error("an argument has an unknown tag");
}

/// One step backward through a function that Swift computed.
struct ForeignNode : torch::autograd::Node {
  CTBackward backward;
  std::shared_ptr<void> context;

  std::string name() const override { return "KindredCustomGradient"; }

  torch::autograd::variable_list apply(torch::autograd::variable_list &&gradients) override {
    // With create_graph the engine records what happens here; our closed-form gradients would silently record nothing.
    TORCH_CHECK(!at::GradMode::is_enabled(), "this function has a custom gradient, which cannot be differentiated again");
    std::vector<CTTensor> given, results(num_outputs(), nullptr);
    for (auto &gradient : gradients) given.push_back(wrapOrNull(gradient));
    CTFailure failure = backward(context.get(), given.data(), given.size(), results.data(), results.size());
    torch::autograd::variable_list outputs;
    for (auto handle : results) {
      outputs.push_back(handle ? unwrap(handle) : at::Tensor());
      ct_release(handle);
    }
    if (failure) {
      std::string message = failure;
      ct_free_text(failure);
      throw std::runtime_error(message);
    }
    return outputs;
  }
};

/// The gradient with its elements in the order of the variable's. Fused optimizers walk both as plain memory, and
/// `autograd::grad` gives whatever came out last: another memory format, or one number expanded without memory.
at::Tensor laidOutAs(const at::Tensor &variable, at::Tensor gradient) {
  if (!gradient.defined() || gradient.strides() == variable.strides()) return gradient;
  return at::empty_like(variable, gradient.options(), at::MemoryFormat::Preserve).copy_(gradient);
}

/// A new node in the pointer that this libtorch counts nodes with: 2.11 shares them, later releases intrude.
template <typename Pointer = decltype(torch::autograd::Edge::function)>
auto makeNode() {
  if constexpr (std::is_same_v<Pointer, std::shared_ptr<torch::autograd::Node>>) {
    return std::make_shared<ForeignNode>();
  } else {
    return c10::make_intrusive<ForeignNode>();
  }
}

}  // namespace

extern "C" {

void ct_free_text(char *text) { free(text); }

CTOperator ct_operator(const char *name, const char *overload, CTFailure *failure) {
  CTOperator result = nullptr;
  *failure = guarded([&] {
    auto handle = c10::Dispatcher::singleton().findSchema({name, overload});
    if (!handle) {
      throw std::runtime_error(std::string("libtorch " TORCH_VERSION " has no operator ") + name + "." + overload);
    }
    result = new CTOperatorObject{*handle};
  });
  return result;
}

CTFailure ct_call(CTOperator op, const CTValue *arguments, size_t argument_count, CTValue *results, size_t capacity,
                  size_t *count) {
  *count = 0;
  return guarded([&] {
    auto const &expected = op->handle.schema().arguments();
    if (argument_count > expected.size()) throw std::runtime_error("too many arguments");
    torch::jit::Stack stack;
    stack.reserve(expected.size());
    for (size_t i = 0; i < argument_count; i++) stack.push_back(valueOf(arguments[i]));
    for (size_t i = argument_count; i < expected.size(); i++) {
      auto const &fallback = expected[i].default_value();
      if (!fallback) throw std::runtime_error("argument '" + expected[i].name() + "' is missing");
      stack.push_back(*fallback);
    }
    op->handle.callBoxed(stack);
    auto give = [&](CTValue value) {
      if (*count == capacity) throw std::runtime_error("too many results");
      results[(*count)++] = value;
    };
    for (auto &value : stack) {
      CTValue result{};
      if (value.isTensor()) {
        result.tag = CT_TENSOR;
        result.tensor = wrapOrNull(std::move(value).toTensor());
        give(result);
      } else if (value.isTensorList()) {
        for (at::Tensor tensor : value.toTensorList()) {
          result.tag = CT_TENSOR;
          result.tensor = wrapOrNull(std::move(tensor));
          give(result);
        }
      } else if (value.isInt()) {
        result.tag = CT_INT;
        result.integer = value.toInt();
        give(result);
      } else if (value.isBool()) {
        result.tag = CT_BOOL;
        result.integer = value.toBool();
        give(result);
      } else if (value.isDouble()) {
        result.tag = CT_DOUBLE;
        result.number = value.toDouble();
        give(result);
      }
    }
  });
}

CTFailure ct_tensor_copying(const void *bytes, size_t byte_count, const int64_t *sizes, size_t rank, int8_t type,
                            CTTensor *result) {
  return guarded([&] {
    auto tensor = at::empty(at::IntArrayRef(sizes, rank), static_cast<at::ScalarType>(type));
    TORCH_CHECK(tensor.nbytes() == byte_count, "the shape takes ", tensor.nbytes(), " bytes, got ", byte_count);
    if (byte_count) memcpy(tensor.mutable_data_ptr(), bytes, byte_count);
    *result = wrap(std::move(tensor));
  });
}

CTFailure ct_tensor_borrowing(void *bytes, const int64_t *sizes, size_t rank, int8_t type, void *context,
                              void (*release)(void *), CTTensor *result) {
  return guarded([&] {
    std::shared_ptr<void> owner(context, release);
    *result = wrap(at::from_blob(bytes, at::IntArrayRef(sizes, rank), [owner](void *) {},
                                 at::TensorOptions().dtype(static_cast<at::ScalarType>(type))));
  });
}

CTTensor ct_retain(CTTensor tensor) { return wrap(unwrap(tensor)); }
void ct_release(CTTensor tensor) {
  if (!tensor) return;
  liveTensors.fetch_sub(1, std::memory_order_relaxed);
  delete reinterpret_cast<at::Tensor *>(tensor);
}

int64_t ct_live_tensors(void) { return liveTensors.load(); }

size_t ct_rank(CTTensor tensor) { return unwrap(tensor).dim(); }
void ct_sizes(CTTensor tensor, int64_t *sizes) {
  auto shape = unwrap(tensor).sizes();
  std::copy(shape.begin(), shape.end(), sizes);
}
int8_t ct_type(CTTensor tensor) { return static_cast<int8_t>(unwrap(tensor).scalar_type()); }
void ct_device(CTTensor tensor, int8_t *kind, int8_t *index) {
  auto device = unwrap(tensor).device();
  *kind = static_cast<int8_t>(device.type());
  *index = static_cast<int8_t>(device.index());
}
bool ct_is_contiguous(CTTensor tensor) { return unwrap(tensor).is_contiguous(); }
bool ct_is_same(CTTensor a, CTTensor b) { return unwrap(a).is_same(unwrap(b)); }
const void *ct_bytes(CTTensor tensor) { return unwrap(tensor).const_data_ptr(); }

bool ct_requires_gradient(CTTensor tensor) { return unwrap(tensor).requires_grad(); }
CTFailure ct_set_requires_gradient(CTTensor tensor, bool required) {
  return guarded([&] { unwrap(tensor).set_requires_grad(required); });
}

CTFailure ct_gradients(CTTensor output, CTTensor seed, const CTTensor *inputs, size_t count, bool retain,
                       CTTensor *results) {
  return guarded([&] {
    torch::autograd::variable_list variables, seeds;
    for (size_t i = 0; i < count; i++) variables.push_back(unwrap(inputs[i]));
    if (seed) seeds.push_back(unwrap(seed));
    auto gradients = torch::autograd::grad({unwrap(output)}, variables, seeds, retain, /*create_graph=*/false,
                                           /*allow_unused=*/true);
    for (size_t i = 0; i < count; i++) results[i] = wrapOrNull(laidOutAs(variables[i], std::move(gradients[i])));
  });
}

CTFailure ct_attach_gradient(const CTTensor *inputs, size_t input_count, const CTTensor *outputs, size_t output_count,
                             CTBackward backward, void *context, void (*release)(void *)) {
  return guarded([&] {
    std::shared_ptr<void> owner(context, release);
    torch::autograd::variable_list variables;
    for (size_t i = 0; i < input_count; i++) variables.push_back(unwrap(inputs[i]));
    if (!at::GradMode::is_enabled() || !torch::autograd::any_variable_requires_grad(variables)) return;
    auto node = makeNode();
    node->backward = backward;
    node->context = std::move(owner);
    node->set_next_edges(torch::autograd::collect_next_edges(variables));
    for (size_t i = 0; i < output_count; i++) torch::autograd::set_history(unwrap(outputs[i]), node);
  });
}

bool ct_gradient_enabled(void) { return at::GradMode::is_enabled(); }
void ct_set_gradient_enabled(bool enabled) { at::GradMode::set_enabled(enabled); }

CTFailure ct_autocast_enter(int8_t device_kind, int8_t type) {
  return guarded([&] {
    auto kind = static_cast<at::DeviceType>(device_kind);
    at::autocast::set_autocast_enabled(kind, type >= 0);
    if (type >= 0) at::autocast::set_autocast_dtype(kind, static_cast<at::ScalarType>(type));
    at::autocast::increment_nesting();
  });
}
void ct_autocast_leave(int8_t device_kind, bool was_enabled, int8_t was_type) {
  auto kind = static_cast<at::DeviceType>(device_kind);
  // The cache holds low-precision copies of the weights, which are stale after the next optimizer step.
  if (at::autocast::decrement_nesting() == 0) at::autocast::clear_cache();
  at::autocast::set_autocast_enabled(kind, was_enabled);
  at::autocast::set_autocast_dtype(kind, static_cast<at::ScalarType>(was_type));
}
bool ct_autocast_enabled(int8_t device_kind) {
  return at::autocast::is_autocast_enabled(static_cast<at::DeviceType>(device_kind));
}
int8_t ct_autocast_type(int8_t device_kind) {
  return static_cast<int8_t>(at::autocast::get_autocast_dtype(static_cast<at::DeviceType>(device_kind)));
}

CTFailure ct_generator(int8_t device_kind, int8_t device_index, uint64_t seed, CTGenerator *result) {
  return guarded([&] {
    auto generator = at::globalContext().defaultGenerator(deviceOf(device_kind, device_index)).clone();
    generator.set_current_seed(seed);
    *result = new CTGeneratorObject{generator};
  });
}
void ct_generator_release(CTGenerator generator) { delete generator; }

const char *ct_version(void) { return TORCH_VERSION; }
char *ct_cpu_capability(void) { return strdup(at::get_cpu_capability().c_str()); }

bool ct_cpu_multiplies_bfloat16(void) {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx512bf16") || __builtin_cpu_supports("amx-bf16");
#else
  return false;
#endif
}

int ct_threads(void) { return at::get_num_threads(); }
void ct_set_threads(int count) { at::set_num_threads(count); }

void ct_on_threads(int32_t count, void (*body)(void *context), void *context) {
  // at::parallel_for is a template that shares work out only where this file is compiled for the same OpenMP as
  // libtorch; an iterator over one byte a thread calls the one in libtorch, whatever threads it was built with.
  [&]() noexcept {
    at::InferenceMode guard;
    at::Tensor bytes = at::empty({count}, at::kByte);
    at::TensorIterator parts = at::TensorIterator::borrowing_nullary_op(bytes);
    parts.for_each([&](char **, const int64_t *, int64_t, int64_t) { body(context); }, 1);
  }();
}

CTFailure ct_load_cuda(bool *loaded) {
  *loaded = at::hasCUDA();
  if (*loaded) return nullptr;
  return guarded([&] {
    Dl_info info;
    if (!dladdr(reinterpret_cast<void *>(&at::get_cpu_capability), &info)) return;
    std::string folder = info.dli_fname;
    folder = folder.substr(0, folder.rfind('/') + 1);
    std::string path = folder + "libtorch_cuda.so";
    if (access(path.c_str(), F_OK) != 0) return;
    if (!dlopen(path.c_str(), RTLD_NOW | RTLD_GLOBAL)) throw std::runtime_error(dlerror());
    *loaded = at::hasCUDA();
  });
}

int ct_device_count(int8_t kind) {
  int count = 0;
  ct_free_text(guarded([&] {
    auto type = static_cast<c10::DeviceType>(kind);
    if (type == c10::DeviceType::CPU) {
      count = 1;
    } else if (c10::impl::hasDeviceGuardImpl(type)) {
      count = c10::impl::getDeviceGuardImpl(type)->deviceCount();
    }
  }));
  return count;
}

CTFailure ct_synchronize(int8_t kind, int8_t index) {
  return guarded([&] {
    auto type = static_cast<c10::DeviceType>(kind);
    if (type == c10::DeviceType::CPU || !c10::impl::hasDeviceGuardImpl(type)) return;
    auto impl = c10::impl::getDeviceGuardImpl(type);
    impl->synchronizeDevice(index < 0 ? impl->getDevice().index() : index);
  });
}

void ct_set_deterministic(bool on) { at::globalContext().setDeterministicAlgorithms(on, /*warn_only=*/true); }

}  // extern "C"
