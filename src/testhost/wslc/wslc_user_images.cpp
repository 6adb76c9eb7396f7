// SPDX-License-Identifier: MIT
/// @file
/// The commands of `wslc.exe` about images.
#include "testhost/wslc/wslc_images.hpp"

#include "testhost/journal/journal_text.hpp"
#include "testhost/wslc/wslc_command.hpp"
#include "testhost/wslc/wslc_storages.hpp"

#include <wslplugins/testhost/wslc_user.hpp>

#include <utility>

namespace wslplugins::testhost {
namespace {

/// From this version on, the images of a load are told.
constexpr Version load_told_since{2, 9, 4};

std::string lines(std::string_view before, const std::vector<std::string>& items) {
    std::string text;
    for (const std::string& item : items) {
        text.append(before).append(item).append("\n");
    }
    return text;
}

std::string name_or_id(const StoredImage& stored) {
    return stored.names.empty() ? stored.id : stored.names.back();
}

}  // namespace

void tell_image_created(const WslcSession::Activity& activity, const StoredImage& stored) {
    // The hook cannot change anything; the journal has its code.
    (void)activity.session().notifier().tell(
        Hook::ImageCreated,
        activity.session().facts(),
        {image_document(stored), {{"id", stored.id}, {"names", list_text(stored.names)}}});
}

WinResult<StoredImage> pull_image(const WslcSession::Activity& activity,
                                  WslcImageStore& registry,
                                  std::string_view reference) {
    auto published = registry.find(reference);
    if (!published) {
        return no_such_image(reference);
    }
    published->image.reference = reference;
    StoredImage stored = activity.session().storage().images().add(published->image);
    tell_image_created(activity, stored);
    return stored;
}

UserOutput WslcUser::pull(std::string_view reference) const {
    return run_wslc({computer_, name_, session_, {"pull", std::string(reference)}},
                    [&](const WslcSession::Activity& activity) -> WinResult<UserOutput> {
                        const auto pulled = pull_image(
                            activity, computer_->container_storages().registry(), reference);
                        if (!pulled) {
                            return propagate(pulled.error());
                        }
                        return UserOutput{0, pulled->id + "\n"};
                    });
}

UserOutput WslcUser::load(const std::vector<WslcImage>& images) const {
    return run_wslc({computer_, name_, session_, {"load"}},
                    [&](const WslcSession::Activity& activity) -> WinResult<UserOutput> {
                        std::string text;
                        for (const WslcImage& image : images) {
                            const StoredImage stored =
                                activity.session().storage().images().add(image);
                            if (computer_->options().version >= load_told_since) {
                                tell_image_created(activity, stored);
                            }
                            text += "Loaded image: " + name_or_id(stored) + "\n";
                        }
                        return UserOutput{0, std::move(text)};
                    });
}

UserOutput WslcUser::import_image(const WslcImage& image) const {
    return run_wslc({computer_, name_, session_, {"import", image.reference}},
                    [&](const WslcSession::Activity& activity) -> WinResult<UserOutput> {
                        const StoredImage stored = activity.session().storage().images().add(image);
                        tell_image_created(activity, stored);
                        return UserOutput{0, stored.id + "\n"};
                    });
}

UserOutput WslcUser::tag(std::string_view image, std::string_view reference) const {
    return run_wslc(
        {computer_, name_, session_, {"tag", std::string(image), std::string(reference)}},
        [&](const WslcSession::Activity& activity) -> WinResult<UserOutput> {
            const auto tagged = activity.session().storage().images().tag(image, reference);
            return tagged ? WinResult<UserOutput>(UserOutput{}) : propagate(tagged.error());
        });
}

UserOutput WslcUser::push(std::string_view reference) const {
    return run_wslc({computer_, name_, session_, {"push", std::string(reference)}},
                    [&](const WslcSession::Activity& activity) -> WinResult<UserOutput> {
                        auto stored = activity.session().storage().images().find(reference);
                        if (!stored) {
                            return no_such_image(reference);
                        }
                        stored->image.reference = reference;
                        (void)computer_->container_storages().registry().add(stored->image);
                        return UserOutput{};
                    });
}

UserOutput WslcUser::remove_image(std::string_view image) const {
    return run_wslc({computer_, name_, session_, {"rmi", std::string(image)}},
                    [&](const WslcSession::Activity& activity) -> WinResult<UserOutput> {
                        const auto removed = activity.session().storage().images().remove(image);
                        if (!removed) {
                            return propagate(removed.error());
                        }
                        for (const std::string& id : removed->deleted) {
                            (void)activity.session().notifier().tell(
                                Hook::ImageDeleted, activity.session().facts(), {id, {{"id", id}}});
                        }
                        return UserOutput{0,
                                          lines("Untagged: ", removed->untagged) +
                                              lines("Deleted: ", removed->deleted)};
                    });
}

UserOutput WslcUser::prune_images() const {
    return run_wslc({computer_, name_, session_, {"image", "prune", "-a"}},
                    [&](const WslcSession::Activity& activity) -> WinResult<UserOutput> {
                        WslcStorage& storage = activity.session().storage();
                        std::vector<std::string> used;
                        for (const auto& container : storage.containers()) {
                            used.push_back(container->description().image_id);
                        }
                        const ImageRemoval removed = storage.images().prune(used);
                        // No plugin is told of these.
                        return UserOutput{0,
                                          lines("Untagged: ", removed.untagged) +
                                              lines("Deleted: ", removed.deleted)};
                    });
}

UserOutput WslcUser::inspect_image(std::string_view image) const {
    return run_wslc({computer_, name_, session_, {"image", "inspect", std::string(image)}},
                    [&](const WslcSession::Activity& activity) -> WinResult<UserOutput> {
                        const auto stored = activity.session().storage().images().find(image);
                        if (!stored) {
                            return no_such_image(image);
                        }
                        return UserOutput{0, image_document(*stored) + "\n"};
                    });
}

UserOutput WslcUser::list_images() const {
    return run_wslc({computer_, name_, session_, {"images"}},
                    [&](const WslcSession::Activity& activity) -> WinResult<UserOutput> {
                        std::string text;
                        for (const StoredImage& stored :
                             activity.session().storage().images().all()) {
                            std::string names;
                            for (const std::string& name : stored.names) {
                                names += name + ' ';
                            }
                            text += (names.empty() ? "<none> " : names) + stored.id + '\n';
                        }
                        return UserOutput{0, std::move(text)};
                    });
}

}  // namespace wslplugins::testhost
