// SPDX-License-Identifier: MIT
// What the test host costs. Prints a name and a number a line; report.py says what it is.
#include "platform/socket.hpp"
#include "testhost/raw_plugins.hpp"

#include <algorithm>
#include <chrono>
#include <iostream>
#include <stdexcept>

#include <spawn.h>
#include <sys/wait.h>

extern char** environ;  // NOLINT: POSIX declares it nowhere

namespace {

using namespace wslplugins;
using namespace wslplugins::testhost;
using Milliseconds = std::chrono::duration<double, std::milli>;

double median(std::vector<double> values) {
    std::ranges::sort(values);
    return values.at(values.size() / 2);
}

template <class Work>
double time_of(const Work& work) {
    const auto begun = std::chrono::steady_clock::now();
    work();
    return Milliseconds(std::chrono::steady_clock::now() - begun).count();
}

double duration_of(Service& service, const std::string& step) {
    return Milliseconds(entry_named(service, step).duration.value()).count();
}

abi::SOCKET
execute(const abi::WSLPluginAPIV1& api, const char* path, std::vector<const char*> arguments) {
    arguments.push_back(nullptr);
    abi::SOCKET socket = platform::invalid_socket;
    if (api.ExecuteBinary(0, path, arguments.data(), &socket) < 0) {
        throw std::runtime_error(std::string(path) + " was not started");
    }
    return socket;
}

void start_and_see_the_end(const abi::WSLPluginAPIV1& api) {
    platform::Socket socket(execute(api, "/bin/true", {"true"}));
    std::array<std::byte, 1> nothing{};
    if (socket.receive(nothing).value_or(1) != 0) {
        throw std::runtime_error("/bin/true wrote something");
    }
}

void run_natively() {
    char name[] = "true";
    char* arguments[] = {name, nullptr};
    pid_t pid = 0;
    int status = 0;
    if (::posix_spawn(&pid, "/bin/true", nullptr, nullptr, arguments, environ) != 0 ||
        ::waitpid(pid, &status, 0) != pid) {
        throw std::runtime_error("/bin/true did not run");
    }
}

struct Samples {
    std::vector<double> vm_start;
    std::vector<double> command;
    std::vector<double> program;
    std::vector<double> vm_stop;
};

void sample(Samples& samples) {
    RelayedPlugin plugin('a');
    plugin.watch_everything();
    const auto service = start_service({&plugin});
    if (service->user().launch("", {"true"}).exit_code != 0) {
        throw std::runtime_error("the distribution did not start");
    }
    samples.vm_start.push_back(duration_of(*service, "start-vm"));
    for (int i = 0; i < 20; ++i) {
        samples.command.push_back(time_of([&] { start_and_see_the_end(plugin.api()); }));
        samples.program.push_back(time_of(run_natively));
    }
    std::vector<platform::Socket> running;
    for (int i = 0; i < 100; ++i) {
        running.emplace_back(execute(plugin.api(), "/bin/sleep", {"sleep", "1000"}));
    }
    (void)service->user().shutdown();
    samples.vm_stop.push_back(duration_of(*service, "stop-vm"));
}

/// Virtual machines that start with a distribution and stop again, a second, where nothing really runs.
double lifecycles_a_second() {
    RelayedPlugin first('a');
    RelayedPlugin second('b');
    first.watch_everything();
    second.watch_everything();
    ServiceOptions options;
    options.backend = Backend::Scripted;
    options.plugins = {first.registration(), second.registration()};
    const auto service = start_service(std::move(options));
    constexpr int count = 2000;
    const double milliseconds = time_of([&] {
        for (int i = 0; i < count; ++i) {
            (void)service->user().launch("", {"true"});
            (void)service->user().shutdown();
        }
    });
    if (hooks_called(*service).size() != std::size_t{count} * 8) {
        throw std::runtime_error("not every lifecycle called its eight hooks");
    }
    return count / milliseconds * 1000;
}

}  // namespace

int main() {
    Samples samples;
    for (int i = 0; i < 9; ++i) {
        sample(samples);
    }
    std::cout << "vm_start " << median(samples.vm_start) << "\ncommand "
              << median(samples.command) - median(samples.program) << "\nvm_stop "
              << median(samples.vm_stop) << "\nlifecycles " << lifecycles_a_second() << '\n';
    return 0;
}
