// SPDX-License-Identifier: MIT
// What std::terminate does in a plugin that is built with MinGW: it ends the process, without a word.
//
// The standard library's own handler names the exception on standard error, which a service does not have, and
// carries a demangler and printf for that. It is found by its name, so that
// one of that name in the plugin takes its place.
#include <cstdlib>
#include <exception>

namespace __gnu_cxx {

void __verbose_terminate_handler() {
    std::abort();
}

}  // namespace __gnu_cxx
