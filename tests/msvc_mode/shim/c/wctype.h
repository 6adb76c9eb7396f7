// SPDX-License-Identifier: MIT
#pragma once
#include_next <wctype.h>
#ifdef __cplusplus
extern "C" {
#endif
int __cdecl _iswlower_l(wint_t, _locale_t);
int __cdecl _iswupper_l(wint_t, _locale_t);
int __cdecl _iswspace_l(wint_t, _locale_t);
int __cdecl _iswprint_l(wint_t, _locale_t);
int __cdecl _iswcntrl_l(wint_t, _locale_t);
int __cdecl _iswalpha_l(wint_t, _locale_t);
int __cdecl _iswdigit_l(wint_t, _locale_t);
int __cdecl _iswpunct_l(wint_t, _locale_t);
int __cdecl _iswxdigit_l(wint_t, _locale_t);
int __cdecl _iswalnum_l(wint_t, _locale_t);
int __cdecl _iswgraph_l(wint_t, _locale_t);
wint_t __cdecl _towupper_l(wint_t, _locale_t);
wint_t __cdecl _towlower_l(wint_t, _locale_t);
const unsigned short* __cdecl __pctype_func(void);
#ifdef __cplusplus
}
#endif
