// SPDX-License-Identifier: MIT
#pragma once
#include_next <time.h>
#ifndef FWSHIM_TIMESPEC
#    define FWSHIM_TIMESPEC
#    define TIME_UTC 1
struct timespec {
    time_t tv_sec;
    long tv_nsec;
};
#    ifdef __cplusplus
extern "C"
#    endif
    int __cdecl timespec_get(struct timespec*, int);
#endif
#ifdef __cplusplus
extern "C" size_t __cdecl _strftime_l(char*, size_t, const char*, const struct tm*, _locale_t);
#endif
