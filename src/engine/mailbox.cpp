#include <utility>

#include "engine/job.h"

namespace sightline {

void Mailbox::put_text(std::string text) {
  {
    const std::lock_guard lock(mutex_);
    text_ += text;
  }
  changed_.notify_one();
}

void Mailbox::finish(Generation result) {
  {
    const std::lock_guard lock(mutex_);
    result_ = std::move(result);
  }
  changed_.notify_one();
}

void Mailbox::fail_with(std::exception_ptr error) {
  {
    const std::lock_guard lock(mutex_);
    error_ = std::move(error);
  }
  changed_.notify_one();
}

Generation Mailbox::wait(const std::function<void(std::string_view)>& on_text) {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return !text_.empty() || result_ || error_; });
    if (!text_.empty()) {
      const std::string text = std::exchange(text_, {});
      lock.unlock();
      on_text(text);
      lock.lock();
    } else if (error_) {
      std::rethrow_exception(error_);
    } else {
      return std::move(*result_);
    }
  }
}

}  // namespace sightline
