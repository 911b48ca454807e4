// How a test says "this is refused, for this reason".
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "sightline/error.h"

namespace sightline {

// The action throws Error of `kind` whose message holds every one of `parts`.
inline void expect_refused(ErrorKind kind, const std::vector<std::string>& parts,
                           const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    EXPECT_EQ(name_of(error.kind()), name_of(kind)) << error.message();
    for (const std::string& part : parts) EXPECT_THAT(error.message(), ::testing::HasSubstr(part));
    return;
  }
  ADD_FAILURE() << "accepted, though " << (parts.empty() ? "malformed" : parts.front());
}

}  // namespace sightline
