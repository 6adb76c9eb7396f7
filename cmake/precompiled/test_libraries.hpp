// SPDX-License-Identifier: MIT
/// @file
/// What the tests include besides the standard library.
#pragma once

#include "standard_library.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
