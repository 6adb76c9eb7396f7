// SPDX-License-Identifier: MIT
#pragma once
#include_next <stdlib.h>
#ifdef __cplusplus
extern "C" {
#endif
int __cdecl ___mb_cur_max_func(void);
int* __cdecl __sys_nerr(void);
#define _sys_nerr (*__sys_nerr())
float __cdecl _strtof_l(const char*, char**, _locale_t);
double __cdecl _strtod_l(const char*, char**, _locale_t);
#ifdef __cplusplus
}
#endif
#ifndef MB_CUR_MAX
#    define MB_CUR_MAX ___mb_cur_max_func()
#endif
