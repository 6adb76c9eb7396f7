// SPDX-License-Identifier: MIT
#include "context.hpp"

namespace wslplugins::tool {

ExitCode fail(const Context& context, ExitCode code, std::string_view sentence) {
    context.errors << "wslplugin: " << sentence << '\n';
    return code;
}

ExitCode fail(const Context& context, ExitCode code, const Error& error, std::string_view advice) {
    const std::string what = error.to_string() + '.';
    return fail(context, code, advice.empty() ? what : what + ' ' + std::string(advice));
}

}  // namespace wslplugins::tool
