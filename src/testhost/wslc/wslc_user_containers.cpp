// SPDX-License-Identifier: MIT
/// @file
/// The commands of `wslc.exe` about containers.
#include "testhost/wslc/wslc_command.hpp"
#include "testhost/wslc/wslc_images.hpp"
#include "testhost/wslc/wslc_storages.hpp"

#include <wslplugins/testhost/wslc_user.hpp>

#include <utility>

namespace wslplugins::testhost {
namespace {

using Container = std::shared_ptr<WslcContainer>;

std::vector<std::string> words_of(std::vector<std::string> words,
                                  const WslcContainerOptions& options) {
    if (options.remove_when_ended) {
        words.emplace_back("--rm");
    }
    if (!options.name.empty()) {
        words.insert(words.end(), {"--name", options.name});
    }
    for (const WslcVolume& volume : options.volumes) {
        words.insert(
            words.end(),
            {"-v", volume.windows_path + ':' + volume.target + (volume.read_only ? ":ro" : "")});
    }
    words.push_back(options.image);
    words.insert(words.end(), options.command.begin(), options.command.end());
    return words;
}

WinResult<Container> make_container(const WslcSession::Activity& activity,
                                    WslcImageStore& registry,
                                    const WslcContainerOptions& options) {
    WslcStorage& storage = activity.session().storage();
    auto image = storage.images().find(options.image);
    if (!image) {
        auto pulled = pull_image(activity, registry, options.image);
        if (!pulled) {
            return propagate(pulled.error());
        }
        image = std::move(*pulled);
    }
    return storage.create_container(options, *image);
}

/// Makes a container and starts it. One that does not start stays, unless it was to go at its end.
WinResult<Container> start_new(const WslcSession::Activity& activity,
                               WslcImageStore& registry,
                               const WslcContainerOptions& options) {
    auto container = make_container(activity, registry, options);
    if (!container) {
        return container;
    }
    if (const auto started = (*container)->start(activity); !started) {
        if (options.remove_when_ended) {
            activity.session().storage().remove_container(**container);
        }
        return propagate(started.error());
    }
    return container;
}

/// Does `work` with the container of that name, and prints the name as it was given.
WinResult<UserOutput> with_container(const WslcSession::Activity& activity,
                                     std::string_view name,
                                     const std::function<WinResult<>(WslcContainer&)>& work) {
    const auto container = activity.session().storage().find_container(name);
    if (!container) {
        return propagate(container.error());
    }
    if (const auto done = work(**container); !done) {
        return propagate(done.error());
    }
    return UserOutput{0, std::string(name) + "\n"};
}

}  // namespace

UserOutput WslcUser::run(const WslcContainerOptions& options) const {
    return run_wslc({computer_, name_, session_, words_of({"run"}, options)},
                    [&](const WslcSession::Activity& activity) -> WinResult<UserOutput> {
                        const auto container = start_new(
                            activity, computer_->container_storages().registry(), options);
                        if (!container) {
                            return propagate(container.error());
                        }
                        const int exit_code = (*container)->wait();
                        return UserOutput{exit_code, (*container)->output()};
                    });
}

UserOutput WslcUser::run_detached(const WslcContainerOptions& options) const {
    return run_wslc({computer_, name_, session_, words_of({"run", "-d"}, options)},
                    [&](const WslcSession::Activity& activity) -> WinResult<UserOutput> {
                        const auto container = start_new(
                            activity, computer_->container_storages().registry(), options);
                        if (!container) {
                            return propagate(container.error());
                        }
                        return UserOutput{0, (*container)->description().id + "\n"};
                    });
}

UserOutput WslcUser::create(const WslcContainerOptions& options) const {
    return run_wslc({computer_, name_, session_, words_of({"create"}, options)},
                    [&](const WslcSession::Activity& activity) -> WinResult<UserOutput> {
                        const auto container = make_container(
                            activity, computer_->container_storages().registry(), options);
                        if (!container) {
                            return propagate(container.error());
                        }
                        return UserOutput{0, (*container)->description().id + "\n"};
                    });
}

UserOutput WslcUser::start(std::string_view container) const {
    return run_wslc({computer_, name_, session_, {"start", std::string(container)}},
                    [&](const WslcSession::Activity& activity) {
                        return with_container(activity, container, [&](WslcContainer& found) {
                            return found.start(activity);
                        });
                    });
}

UserOutput WslcUser::exec(std::string_view container,
                          const std::vector<std::string>& command) const {
    std::vector<std::string> words{"exec", std::string(container)};
    words.insert(words.end(), command.begin(), command.end());
    return run_wslc({computer_, name_, session_, std::move(words)},
                    [&](const WslcSession::Activity& activity) -> WinResult<UserOutput> {
                        const auto found = activity.session().storage().find_container(container);
                        return found ? (*found)->exec(activity, command) : propagate(found.error());
                    });
}

UserOutput WslcUser::stop(std::string_view container) const {
    return run_wslc({computer_, name_, session_, {"stop", std::string(container)}},
                    [&](const WslcSession::Activity& activity) {
                        return with_container(
                            activity, container, [](WslcContainer& found) -> WinResult<> {
                                found.stop();
                                return {};
                            });
                    });
}

UserOutput WslcUser::kill(std::string_view container, int signal) const {
    return run_wslc({computer_,
                     name_,
                     session_,
                     {"kill", "-s", std::to_string(signal), std::string(container)}},
                    [&](const WslcSession::Activity& activity) {
                        return with_container(activity, container, [&](WslcContainer& found) {
                            return found.kill(signal);
                        });
                    });
}

UserOutput WslcUser::remove(std::string_view container, bool force) const {
    std::vector<std::string> words{"rm"};
    if (force) {
        words.emplace_back("-f");
    }
    words.emplace_back(container);
    return run_wslc({computer_, name_, session_, std::move(words)},
                    [&](const WslcSession::Activity& activity) {
                        return with_container(activity, container, [&](WslcContainer& found) {
                            return found.remove(force);
                        });
                    });
}

UserOutput WslcUser::wait(std::string_view container) const {
    return run_wslc({computer_, name_, session_, {"wait", std::string(container)}},
                    [&](const WslcSession::Activity& activity) -> WinResult<UserOutput> {
                        const auto found = activity.session().storage().find_container(container);
                        if (!found) {
                            return propagate(found.error());
                        }
                        return UserOutput{0, std::to_string((*found)->wait()) + "\n"};
                    });
}

UserOutput WslcUser::logs(std::string_view container) const {
    return run_wslc({computer_, name_, session_, {"logs", std::string(container)}},
                    [&](const WslcSession::Activity& activity) -> WinResult<UserOutput> {
                        const auto found = activity.session().storage().find_container(container);
                        if (!found) {
                            return propagate(found.error());
                        }
                        return UserOutput{0, (*found)->output()};
                    });
}

UserOutput WslcUser::inspect(std::string_view container) const {
    return run_wslc({computer_, name_, session_, {"inspect", std::string(container)}},
                    [&](const WslcSession::Activity& activity) -> WinResult<UserOutput> {
                        const auto found = activity.session().storage().find_container(container);
                        if (!found) {
                            return propagate(found.error());
                        }
                        return UserOutput{0, (*found)->document() + "\n"};
                    });
}

UserOutput WslcUser::list_containers() const {
    return run_wslc(
        {computer_, name_, session_, {"list", "-a"}},
        [&](const WslcSession::Activity& activity) -> WinResult<UserOutput> {
            std::string text;
            for (const Container& container : activity.session().storage().containers()) {
                const ContainerDescription& description = container->description();
                text += description.id + ' ' + description.name + ' ' + description.options.image +
                        ' ' + container->status().status + '\n';
            }
            return UserOutput{0, std::move(text)};
        });
}

}  // namespace wslplugins::testhost
