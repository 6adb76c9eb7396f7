// SPDX-License-Identifier: MIT
/// @file
/// The parts of the table of steps.
#pragma once

#include "testhost/scenario/step_table.hpp"

namespace wslplugins::testhost {

[[nodiscard]] std::span<const StepRow> wsl_steps() noexcept;
[[nodiscard]] std::span<const StepRow> container_session_steps() noexcept;
[[nodiscard]] std::span<const StepRow> container_steps() noexcept;
[[nodiscard]] std::span<const StepRow> image_steps() noexcept;
[[nodiscard]] std::span<const StepRow> system_steps() noexcept;

}  // namespace wslplugins::testhost
