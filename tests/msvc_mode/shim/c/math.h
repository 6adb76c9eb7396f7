// SPDX-License-Identifier: MIT
#pragma once
#include_next <math.h>
#ifdef __cplusplus
#    undef fpclassify
#    undef signbit
#    undef isinf
#    undef isnan
#    undef isnormal
#    undef isfinite
#    undef isgreater
#    undef isgreaterequal
#    undef isless
#    undef islessequal
#    undef islessgreater
#    undef isunordered
extern "C++" {
template <class T>
constexpr bool isinf(T x) noexcept {
    return __builtin_isinf((double)x);
}
template <class T>
constexpr bool isnan(T x) noexcept {
    return __builtin_isnan((double)x);
}
template <class T>
bool isnormal(T x) noexcept {
    return __builtin_isnormal((double)x);
}
template <class T>
constexpr bool isfinite(T x) noexcept {
    return __builtin_isfinite((double)x);
}
template <class T, class U>
bool isgreater(T a, U b) noexcept {
    return __builtin_isgreater((double)a, (double)b);
}
template <class T, class U>
bool isgreaterequal(T a, U b) noexcept {
    return __builtin_isgreaterequal((double)a, (double)b);
}
template <class T, class U>
bool isless(T a, U b) noexcept {
    return __builtin_isless((double)a, (double)b);
}
template <class T, class U>
bool islessequal(T a, U b) noexcept {
    return __builtin_islessequal((double)a, (double)b);
}
template <class T, class U>
bool islessgreater(T a, U b) noexcept {
    return __builtin_islessgreater((double)a, (double)b);
}
template <class T, class U>
bool isunordered(T a, U b) noexcept {
    return __builtin_isunordered((double)a, (double)b);
}
}
#endif
