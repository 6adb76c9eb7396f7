// SPDX-License-Identifier: MIT
#include "command_line.hpp"
#include "process_arguments.hpp"

#include <exception>
#include <iostream>

using namespace wslplugins;

int main(int count, char** values) {
    tool::Context context{std::cout, std::cerr};
    tool::ExitCode code = tool::ExitCode::Internal;
    try {
        tool::prepare_standard_streams();
        context.own_program = tool::program_for_plugins();
        const WinResult<std::vector<std::string>> arguments =
            tool::process_arguments(count, values);
        code = arguments ? tool::run_command_line(*arguments, context)
                         : tool::fail(context, tool::ExitCode::Usage, arguments.error());
    } catch (const std::exception& error) {
        code = tool::fail(context,
                          tool::ExitCode::Internal,
                          std::string("This should not happen; please report it: ") + error.what());
    }
    std::cout.flush();
    return static_cast<int>(code);
}
