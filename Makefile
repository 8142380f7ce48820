# What people do with Kindred, one word each. Every line runs a script or a Swift command that also runs by hand.

# `make test CONFIGURATION=release` tests what users run. Debug is the default because it keeps assertions, the text
# of every trap, and rebuilds by the file; numbers are libtorch's in both, so it is hardly slower.
CONFIGURATION ?= debug

.PHONY: demo test check bench docs build setup clean

# Train a small CLIP on this machine's emoji, measure it, and draw ten searches in words.
demo:
	Scripts/demo

# The command, as users run it: .build/release/kindred
build: setup
	swift build -c release --product kindred

test: setup
	swift test -c $(CONFIGURATION) $(if $(filter release,$(CONFIGURATION)),-Xswiftc -enable-testing --scratch-path .build/testing)

# Format, rows, files, links: what a reviewer should not have to look for.
check:
	Scripts/check

# Ours and the peer's side by side, checked before timed.
bench: build
	Scripts/bench

# The reference of every public declaration, as a web page.
docs: setup
	Scripts/docs

setup:
	Scripts/setup

# What is built; libtorch in .deps stays.
clean:
	rm -rf .build Documentation/.archive
