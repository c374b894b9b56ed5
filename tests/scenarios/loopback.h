// Where a test's server listens: any free port of this machine, until it is told to end.
#pragma once

namespace kondor::scenarios {

class Loopback {
 public:
  Loopback();
  ~Loopback();
  Loopback(const Loopback&) = delete;
  Loopback& operator=(const Loopback&) = delete;

  int listener() const { return listener_; }
  int port() const { return port_; }
  // Until something can be accepted or read there; false once it is to end.
  bool Await(int descriptor) const;
  // From any thread.
  void End();

 private:
  int listener_ = -1;
  int wake_[2] = {-1, -1};  // a byte here ends it
  int port_ = 0;
};

}  // namespace kondor::scenarios
