// SPDX-License-Identifier: MIT
#pragma once
#include_next <wchar.h>
#ifdef __cplusplus
extern "C" {
#endif
float __cdecl wcstof(const wchar_t*, wchar_t**);
long double __cdecl wcstold(const wchar_t*, wchar_t**);
errno_t __cdecl wcrtomb_s(size_t*, char*, size_t, wchar_t, mbstate_t*);
#ifdef __cplusplus
}
#endif
