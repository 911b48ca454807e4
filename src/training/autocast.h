// Products in bf16 while this lives, of weights in any precision; nothing where `on` is false.
#pragma once

#include <ATen/autocast_mode.h>

namespace sightline {

class Autocast {
 public:
  Autocast(at::DeviceType device, bool on) : device_(device), on_(on && !is_on(device)) {
    if (!on_) return;
    at::autocast::set_autocast_enabled(device_, true);
    at::autocast::set_autocast_dtype(device_, at::kBFloat16);
  }
  ~Autocast() {
    if (!on_) return;
    at::autocast::set_autocast_enabled(device_, false);
    at::autocast::clear_cache();
  }
  Autocast(const Autocast&) = delete;
  Autocast& operator=(const Autocast&) = delete;

  static bool is_on(at::DeviceType device) { return at::autocast::is_autocast_enabled(device); }

 private:
  at::DeviceType device_;
  bool on_;
};

}  // namespace sightline
