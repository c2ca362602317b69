// The answer of anything that can be refused: a value, or an error that says what the caller can do next.
//
// Names follow std::expected. Ours, because g++ 12 lacks its and_then, and clang 14 cannot read it at all.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include "base/check.hpp"

namespace zifa {

// What the caller can do about an error; a retry is decided from this alone.
enum class ErrorKind {
  invalid,      // the input is wrong: mend it, the same call will fail again
  not_found,    // the thing named does not exist
  conflict,     // the thing is not in a state that allows this; look again
  refused,      // a rule says no, and will say no again
  unauthorized, // who asks may not, or is not known
  unavailable,  // the outside did not do it: nothing happened, try again later
  throttled,    // the outside asked to slow down: nothing happened, try again later
  unknown,      // asked, no answer, and it may have happened: read back before repeating
  corrupt,      // bytes or stored data that cannot be true
};

std::string_view name_of(ErrorKind kind);

struct Error {
  ErrorKind kind = ErrorKind::invalid;
  std::string code;     // stable and greppable: "carrier.no_service"
  std::string message;  // one sentence for a person, naming the order, parcel or SKU, and the next step

  bool operator==(const Error&) const = default;
};

inline Error invalid(std::string code, std::string message) { return {ErrorKind::invalid, std::move(code), std::move(message)}; }
inline Error not_found(std::string code, std::string message) { return {ErrorKind::not_found, std::move(code), std::move(message)}; }
inline Error conflict(std::string code, std::string message) { return {ErrorKind::conflict, std::move(code), std::move(message)}; }
inline Error refused(std::string code, std::string message) { return {ErrorKind::refused, std::move(code), std::move(message)}; }
inline Error unauthorized(std::string code, std::string message) { return {ErrorKind::unauthorized, std::move(code), std::move(message)}; }
inline Error unavailable(std::string code, std::string message) { return {ErrorKind::unavailable, std::move(code), std::move(message)}; }
inline Error corrupt(std::string code, std::string message) { return {ErrorKind::corrupt, std::move(code), std::move(message)}; }

// The value of an operation that has nothing to say but that it is done.
struct Done {
  bool operator==(const Done&) const = default;
};
inline constexpr Done done{};

template <class T>
class [[nodiscard]] Result {
  static_assert(!std::is_reference_v<T> && !std::is_same_v<T, Error>);

 public:
  using value_type = T;

  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}
  template <class U>
    requires(std::is_convertible_v<U, T> && !std::is_same_v<std::remove_cvref_t<U>, Error> &&
             !std::is_same_v<std::remove_cvref_t<U>, T> && !std::is_same_v<std::remove_cvref_t<U>, Result>)
  Result(U&& value) : state_(std::in_place_index<0>, std::forward<U>(value)) {}

  bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  T& value() & { check(has_value(), "Result::value of an error"); return *std::get_if<0>(&state_); }
  const T& value() const& { check(has_value(), "Result::value of an error"); return *std::get_if<0>(&state_); }
  T&& value() && { check(has_value(), "Result::value of an error"); return std::move(*std::get_if<0>(&state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  const Error& error() const& { check(!has_value(), "Result::error of a value"); return *std::get_if<1>(&state_); }
  Error&& error() && { check(!has_value(), "Result::error of a value"); return std::move(*std::get_if<1>(&state_)); }

  template <class U>
  T value_or(U&& other) const& { return has_value() ? value() : static_cast<T>(std::forward<U>(other)); }

  template <class F>
  auto and_then(F&& f) && -> std::invoke_result_t<F, T&&> {
    if (!has_value()) return std::move(*this).error();
    return std::forward<F>(f)(std::move(*this).value());
  }
  template <class F>
  auto transform(F&& f) && -> Result<std::invoke_result_t<F, T&&>> {
    if (!has_value()) return std::move(*this).error();
    return std::forward<F>(f)(std::move(*this).value());
  }

 private:
  std::variant<T, Error> state_;
};

// The value, or return the error to our caller: `const Order order = TRY(tx.orders.find(id));`
#define TRY(...) ZIFA_TRY_NAMED(__COUNTER__, __VA_ARGS__)
#define ZIFA_TRY_NAMED(n, ...) ZIFA_TRY_IN(n, __VA_ARGS__)
#define ZIFA_TRY_IN(n, ...)                                                   \
  __extension__({                                                             \
    auto&& try_result_##n = (__VA_ARGS__);                                    \
    if (!try_result_##n.has_value()) return std::move(try_result_##n).error(); \
    std::move(try_result_##n).value();                                        \
  })

}  // namespace zifa
