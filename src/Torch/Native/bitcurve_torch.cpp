// The bridge between src/Torch (C#) and whatever libtorch this machine has.
//
// Operators are called by name through the dispatcher, boxed: one entry point serves all of them, with autograd.
// The interface is plain C; errors come back as text (never as an exception across the boundary).
// Compiles against libtorch 1.13 and 2.x alike; must be rebuilt for each libtorch.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/grad_mode.h>
#include <torch/version.h>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

#include <cstring>
#include <string>
#include <vector>

namespace {

thread_local std::string last_error;

#if defined(__GLIBC__)
// libtorch's CPU tensors are plain allocations of megabytes, which glibc by default takes from the kernel and gives back each time: the page
// faults cost a third of a small network's training step. Kept in the heap they are reused. One arena, because only the main one may grow
// past 64 MB.
const bool allocations_stay_in_heap = [] {
  mallopt(M_ARENA_MAX, 1);
  mallopt(M_TRIM_THRESHOLD, INT32_MAX);
  return mallopt(M_MMAP_THRESHOLD, INT32_MAX) == 1;
}();
#endif

// How an argument or result travels; mirrored by NativeValue.cs.
enum Kind : int32_t {
  kDefault = 0,  // argument: the schema's default value; result: nothing
  kTensor = 1,   // p = at::Tensor*
  kInt = 2,      // i
  kDouble = 3,   // d
  kBool = 4,     // i
  kIntList = 5,  // p = int64_t*, n = length
  kTensorList = 6,  // p = at::Tensor**, n = length
  kNone = 7,
  kDevice = 8,  // i = type, n = index
  kString = 9,  // p = utf-8, n = length
};

struct Value {
  int32_t kind;
  int32_t reserved;
  union {
    int64_t i;
    double d;
    void* p;
  };
  int64_t n;
};

struct Argument {
  c10::TypeKind kind;     // of the type inside an Optional
  c10::TypeKind element;  // of a list's elements
  bool has_default;
  c10::IValue default_value;
};

// An operator resolved once: the boxed call coerces nothing, so the argument kinds are kept to convert by.
struct Operator {
  c10::OperatorHandle handle;
  std::vector<Argument> arguments;
};

c10::TypePtr without_optional(c10::TypePtr type) {
  while (type->kind() == c10::TypeKind::OptionalType) type = type->containedTypes()[0];
  return type;
}

c10::IValue int_list(const int64_t* values, int64_t count) {
  return c10::IValue(std::vector<int64_t>(values, values + count));
}

c10::IValue to_ivalue(const Value& value, const Argument& argument) {
  switch (value.kind) {
    case kDefault:
      if (!argument.has_default) throw std::runtime_error("argument has no default value");
      return argument.default_value;
    case kNone:
      return c10::IValue();
    case kTensor:
      if (argument.kind == c10::TypeKind::ListType) {
        c10::List<at::Tensor> list;
        list.push_back(*static_cast<at::Tensor*>(value.p));
        return list;
      }
      return *static_cast<at::Tensor*>(value.p);
    case kInt:
      if (argument.kind == c10::TypeKind::FloatType) return static_cast<double>(value.i);
      if (argument.kind == c10::TypeKind::BoolType) return value.i != 0;
      if (argument.kind == c10::TypeKind::ListType) return int_list(&value.i, 1);
      return value.i;
    case kDouble:
      return value.d;
    case kBool:
      return value.i != 0;
    case kIntList: {
      auto values = static_cast<const int64_t*>(value.p);
      if (argument.element == c10::TypeKind::FloatType)
        return c10::IValue(std::vector<double>(values, values + value.n));
      if (argument.element == c10::TypeKind::BoolType) {
        c10::List<bool> list;
        for (int64_t k = 0; k < value.n; k++) list.push_back(values[k] != 0);
        return list;
      }
      return int_list(values, value.n);
    }
    case kTensorList: {
      auto handles = static_cast<at::Tensor**>(value.p);
      if (argument.element == c10::TypeKind::OptionalType) {
        c10::List<c10::optional<at::Tensor>> list;
        for (int64_t k = 0; k < value.n; k++)
          list.push_back(handles[k] ? c10::optional<at::Tensor>(*handles[k]) : c10::nullopt);
        return list;
      }
      c10::List<at::Tensor> list;
      for (int64_t k = 0; k < value.n; k++) list.push_back(*handles[k]);
      return list;
    }
    case kDevice:
      return c10::Device(static_cast<c10::DeviceType>(value.i), static_cast<c10::DeviceIndex>(value.n));
    case kString:
      return std::string(static_cast<const char*>(value.p), value.n);
  }
  throw std::runtime_error("unknown argument kind " + std::to_string(value.kind));
}

Value to_value(c10::IValue&& ivalue) {
  Value value{};
  if (ivalue.isTensor()) {
    auto tensor = std::move(ivalue).toTensor();
    value.kind = tensor.defined() ? kTensor : kNone;
    if (tensor.defined()) value.p = new at::Tensor(std::move(tensor));
  } else if (ivalue.isInt()) {
    value.kind = kInt;
    value.i = ivalue.toInt();
  } else if (ivalue.isDouble()) {
    value.kind = kDouble;
    value.d = ivalue.toDouble();
  } else if (ivalue.isBool()) {
    value.kind = kBool;
    value.i = ivalue.toBool();
  } else if (ivalue.isTensorList()) {
    auto list = ivalue.toTensorVector();
    auto handles = new at::Tensor*[list.size()];
    for (size_t k = 0; k < list.size(); k++) handles[k] = new at::Tensor(std::move(list[k]));
    value.kind = kTensorList;
    value.p = handles;
    value.n = static_cast<int64_t>(list.size());
  } else {
    value.kind = kNone;
  }
  return value;
}

// Runs body; 0 on success, 1 with the first line of the error kept for bitcurve_last_error.
template <typename Body>
int32_t guarded(Body body) {
  try {
    body();
    return 0;
  } catch (const c10::Error& error) {
    last_error = error.what_without_backtrace();
  } catch (const std::exception& error) {
    last_error = error.what();
  } catch (...) {
    last_error = "unknown native error";
  }
  return 1;
}

}  // namespace

extern "C" {

const char* bitcurve_last_error() { return last_error.c_str(); }

const char* bitcurve_libtorch_version() { return TORCH_VERSION; }

int32_t bitcurve_find_operator(const char* name, const char* overload, Operator** result) {
  return guarded([&] {
    auto handle = c10::Dispatcher::singleton().findSchema({name, overload});
    if (!handle) throw std::runtime_error(std::string("this libtorch has no operator ") + name + "." + overload);
    auto found = new Operator{*handle, {}};
    for (const auto& schema : handle->schema().arguments()) {
      auto type = without_optional(schema.type());
      Argument argument{type->kind(), c10::TypeKind::AnyType, schema.default_value().has_value(), c10::IValue()};
      if (type->kind() == c10::TypeKind::ListType) argument.element = type->containedTypes()[0]->kind();
      if (argument.has_default) argument.default_value = *schema.default_value();
      found->arguments.push_back(std::move(argument));
    }
    *result = found;
  });
}

// Trailing arguments that are not given take the schema's defaults.
int32_t bitcurve_call(const Operator* op, const Value* arguments, int32_t argument_count, Value* results,
                      int32_t result_capacity, int32_t* result_count) {
  return guarded([&] {
    if (static_cast<size_t>(argument_count) > op->arguments.size())
      throw std::runtime_error("operator " + op->handle.schema().name() + " takes " +
                               std::to_string(op->arguments.size()) + " arguments, got " +
                               std::to_string(argument_count));
    torch::jit::Stack stack;
    stack.reserve(op->arguments.size());
    for (size_t k = 0; k < op->arguments.size(); k++) {
      Value missing{};
      const Value& value = k < static_cast<size_t>(argument_count) ? arguments[k] : missing;
      try {
        stack.push_back(to_ivalue(value, op->arguments[k]));
      } catch (const std::exception& error) {
        throw std::runtime_error("operator " + op->handle.schema().name() + ", argument " +
                                 op->handle.schema().arguments()[k].name() + ": " + error.what());
      }
    }
    op->handle.callBoxed(&stack);
    if (stack.size() > static_cast<size_t>(result_capacity))
      throw std::runtime_error("operator " + op->handle.schema().name() + " returned more results than expected");
    *result_count = static_cast<int32_t>(stack.size());
    for (size_t k = 0; k < stack.size(); k++) results[k] = to_value(std::move(stack[k]));
  });
}

void bitcurve_free_list(at::Tensor** handles) { delete[] handles; }

void bitcurve_tensor_free(at::Tensor* tensor) { delete tensor; }

// Copies contiguous bytes in; the tensor owns its memory.
int32_t bitcurve_tensor_from_bytes(const void* bytes, int64_t byte_count, const int64_t* shape, int32_t dimensions,
                                   int32_t dtype, at::Tensor** result) {
  return guarded([&] {
    auto tensor = at::empty(at::IntArrayRef(shape, dimensions), at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype)));
    if (static_cast<int64_t>(tensor.nbytes()) != byte_count)
      throw std::runtime_error("data has " + std::to_string(byte_count) + " bytes, the shape needs " + std::to_string(tensor.nbytes()));
    if (byte_count > 0) std::memcpy(tensor.data_ptr(), bytes, byte_count);
    *result = new at::Tensor(std::move(tensor));
  });
}

int64_t bitcurve_tensor_dim(const at::Tensor* tensor) { return tensor->dim(); }
int64_t bitcurve_tensor_numel(const at::Tensor* tensor) { return tensor->numel(); }
int64_t bitcurve_tensor_element_size(const at::Tensor* tensor) { return static_cast<int64_t>(tensor->element_size()); }
int32_t bitcurve_tensor_dtype(const at::Tensor* tensor) { return static_cast<int32_t>(tensor->scalar_type()); }
void bitcurve_tensor_sizes(const at::Tensor* tensor, int64_t* sizes) {
  auto source = tensor->sizes();
  std::copy(source.begin(), source.end(), sizes);
}
void bitcurve_tensor_strides(const at::Tensor* tensor, int64_t* strides) {
  auto source = tensor->strides();
  std::copy(source.begin(), source.end(), strides);
}
void bitcurve_tensor_device(const at::Tensor* tensor, int32_t* type, int32_t* index) {
  *type = static_cast<int32_t>(tensor->device().type());
  *index = tensor->device().index();
}
int32_t bitcurve_tensor_is_contiguous(const at::Tensor* tensor) { return tensor->is_contiguous() ? 1 : 0; }
int32_t bitcurve_tensor_data_pointer(const at::Tensor* tensor, void** result) {
  return guarded([&] { *result = tensor->data_ptr(); });
}

int32_t bitcurve_tensor_requires_grad(const at::Tensor* tensor) { return tensor->requires_grad() ? 1 : 0; }
int32_t bitcurve_tensor_set_requires_grad(at::Tensor* tensor, int32_t value) {
  return guarded([&] { tensor->requires_grad_(value != 0); });
}
int32_t bitcurve_tensor_grad(const at::Tensor* tensor, at::Tensor** result) {
  return guarded([&] {
    const auto& grad = tensor->grad();
    *result = grad.defined() ? new at::Tensor(grad) : nullptr;
  });
}
int32_t bitcurve_tensor_set_grad(at::Tensor* tensor, const at::Tensor* grad) {
  return guarded([&] { tensor->mutable_grad() = grad ? *grad : at::Tensor(); });
}
int32_t bitcurve_tensor_backward(at::Tensor* tensor) {
  return guarded([&] { tensor->backward(); });
}
int32_t bitcurve_tensor_set_data(at::Tensor* tensor, const at::Tensor* data) {
  return guarded([&] { tensor->set_data(*data); });
}

int32_t bitcurve_grad_mode() { return c10::GradMode::is_enabled() ? 1 : 0; }
void bitcurve_set_grad_mode(int32_t enabled) { c10::GradMode::set_enabled(enabled != 0); }
int32_t bitcurve_num_threads() { return at::get_num_threads(); }
int32_t bitcurve_set_num_threads(int32_t count) {
  return guarded([&] { at::set_num_threads(count); });
}
int32_t bitcurve_manual_seed(int64_t seed) {
  return guarded([&] { at::manual_seed(static_cast<uint64_t>(seed)); });
}
int32_t bitcurve_cuda_device_count() {
  int32_t count = 0;
  guarded([&] { count = at::hasCUDA() ? static_cast<int32_t>(at::detail::getCUDAHooks().getNumGPUs()) : 0; });
  return count;
}

}  // extern "C"
