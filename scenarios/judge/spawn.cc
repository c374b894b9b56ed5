#include "scenarios/judge/spawn.h"

#include <fcntl.h>
#include <spawn.h>

#include <cerrno>
#include <csignal>
#include <cstring>

namespace kondor::judge {
namespace {

std::vector<char*> Pointers(const std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  pointers.reserve(texts.size() + 1);
  for (const std::string& text : texts) pointers.push_back(const_cast<char*>(text.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

// What a program may expect at its start, whatever we have blocked or ignored.
class Attributes {
 public:
  Attributes() {
    ::posix_spawnattr_init(&value_);
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    ::posix_spawnattr_setsigmask(&value_, &none);
    ::posix_spawnattr_setsigdefault(&value_, &all);
    ::posix_spawnattr_setpgroup(&value_, 0);
    ::posix_spawnattr_setflags(
        &value_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  }
  Attributes(const Attributes&) = delete;
  Attributes& operator=(const Attributes&) = delete;
  ~Attributes() { ::posix_spawnattr_destroy(&value_); }
  const posix_spawnattr_t* get() const { return &value_; }

 private:
  posix_spawnattr_t value_{};
};

class FileActions {
 public:
  FileActions(int out, int err) {
    ::posix_spawn_file_actions_init(&value_);
    ::posix_spawn_file_actions_addopen(&value_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_adddup2(&value_, out, STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&value_, err, STDERR_FILENO);
    // Nothing that somebody left open here, sockets of the mock's least of all.
    ::posix_spawn_file_actions_addclosefrom_np(&value_, STDERR_FILENO + 1);
  }
  FileActions(const FileActions&) = delete;
  FileActions& operator=(const FileActions&) = delete;
  ~FileActions() { ::posix_spawn_file_actions_destroy(&value_); }
  const posix_spawn_file_actions_t* get() const { return &value_; }

 private:
  posix_spawn_file_actions_t value_{};
};

struct Pipe {
  Descriptor read, write;
};

Result<Pipe> MakePipe() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) {
    return Unexpected(ErrorKind::kUnavailable, std::string("no pipe: ") + std::strerror(errno));
  }
  ::fcntl(ends[0], F_SETFL, O_NONBLOCK);
  return Pipe{Descriptor(ends[0]), Descriptor(ends[1])};
}

}  // namespace

Result<Spawned> Spawn(const std::vector<std::string>& command,
                      const std::vector<std::string>& environment) {
  Result<Pipe> out = MakePipe(), err = MakePipe();
  if (!out) return Unexpected(out.error());
  if (!err) return Unexpected(err.error());
  const Attributes attributes;
  const FileActions actions(out->write.number(), err->write.number());
  Spawned spawned;
  const int error =
      ::posix_spawnp(&spawned.pid, command[0].c_str(), actions.get(), attributes.get(),
                     Pointers(command).data(), Pointers(environment).data());
  if (error != 0) {
    return Unexpected(error == ENOENT ? ErrorKind::kNotFound : ErrorKind::kInvalidArgument,
                      "cannot run '" + command[0] + "': " + std::strerror(error) +
                          "; after -- comes a program and its arguments");
  }
  spawned.out = std::move(out->read);
  spawned.err = std::move(err->read);
  return spawned;
}

}  // namespace kondor::judge
