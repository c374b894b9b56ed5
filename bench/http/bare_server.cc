#include "bench/http/bare_server.h"

#include <httplib.h>
#include <sys/socket.h>

#include <condition_variable>
#include <deque>
#include <functional>
#include <limits>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace kondor::bench {
namespace {

constexpr int kBacklog = 4096;
constexpr int kKeepAliveSeconds = 75;

using Enqueued = decltype(std::declval<httplib::TaskQueue&>().enqueue(nullptr));

// A thread for every connection there has ever been at once.
class GrowingPool final : public httplib::TaskQueue {
 public:
  Enqueued enqueue(std::function<void()> job) override {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      jobs_.push_back(std::move(job));
      if (jobs_.size() > free_) {
        ++free_;
        threads_.emplace_back([this] { Work(); });
      }
    }
    changed_.notify_one();
    return static_cast<Enqueued>(true);
  }

  void shutdown() override {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      ended_ = true;
    }
    changed_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }

 private:
  void Work() {
    std::unique_lock<std::mutex> lock(mutex_);
    while (true) {
      changed_.wait(lock, [this] { return ended_ || !jobs_.empty(); });
      if (jobs_.empty()) return;
      const std::function<void()> job = std::move(jobs_.front());
      jobs_.pop_front();
      --free_;
      lock.unlock();
      job();
      lock.lock();
      ++free_;
    }
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> jobs_;
  std::vector<std::thread> threads_;
  std::size_t free_ = 0;
  bool ended_ = false;
};

}  // namespace

class BareServer::Impl {
 public:
  Impl(std::string body, std::string content_type, Giving giving) {
    server_.new_task_queue = [] { return new GrowingPool; };
    server_.set_tcp_nodelay(true);
    server_.set_keep_alive_max_count(std::numeric_limits<int>::max());
    server_.set_keep_alive_timeout(kKeepAliveSeconds);
    server_.set_socket_options([this](socket_t socket) {
      const int yes = 1;
      setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
      listener_ = socket;
    });
    server_.Get(".*", [body = std::move(body), type = std::move(content_type), giving](
                          const httplib::Request&, httplib::Response& response) {
      if (giving == Giving::kString) {
        response.set_content(body, type);
        return;
      }
      response.set_content_provider(
          body.size(), type,
          [&body](std::size_t offset, std::size_t length, httplib::DataSink& sink) {
            return sink.write(body.data() + offset, length);
          });
    });
  }

  ~Impl() {
    server_.stop();
    if (listening_.joinable()) listening_.join();
  }

  int Start() {
    const int port = server_.bind_to_any_port("127.0.0.1");
    if (port < 0 || listen(listener_, kBacklog) != 0) return -1;
    listening_ = std::thread([this] { server_.listen_after_bind(); });
    return port;
  }

 private:
  httplib::Server server_;
  int listener_ = -1;
  std::thread listening_;
};

BareServer::BareServer(std::string body, std::string content_type, Giving giving)
    : impl_(std::make_unique<Impl>(std::move(body), std::move(content_type), giving)) {}

BareServer::~BareServer() = default;

int BareServer::Start() { return impl_->Start(); }

}  // namespace kondor::bench
