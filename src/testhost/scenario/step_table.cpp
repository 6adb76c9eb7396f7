// SPDX-License-Identifier: MIT
#include "testhost/scenario/step_table.hpp"

#include "testhost/scenario/step_rows.hpp"

#include <algorithm>
#include <vector>

namespace wslplugins::testhost {

const std::vector<StepRow>& step_table() {
    static const std::vector<StepRow> all = [] {
        std::vector<StepRow> rows;
        for (const auto part : {wsl_steps(),
                                container_session_steps(),
                                container_steps(),
                                image_steps(),
                                system_steps()}) {
            rows.insert(rows.end(), part.begin(), part.end());
        }
        return rows;
    }();
    return all;
}

const StepRow* find_step(std::string_view name) {
    const auto found = std::ranges::find(step_table(), name, &StepRow::name);
    return found == step_table().end() ? nullptr : &*found;
}

}  // namespace wslplugins::testhost
