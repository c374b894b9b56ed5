#include "mock_server/http/roster.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <thread>

namespace kondor::http {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

// A connection on the roster, as its own thread would keep it.
class Member {
 public:
  explicit Member(Roster& roster) : roster_(roster), added_(roster.Add(entry)) {}
  ~Member() {
    if (added_) Leave();
    for (const int socket : sockets_) close(socket);
  }
  Member(const Member&) = delete;
  Member& operator=(const Member&) = delete;

  void Leave() {
    roster_.Remove(entry);
    added_ = false;
  }
  bool added() const { return added_; }
  // True when somebody ended its reading side.
  bool told_to_leave() const {
    char byte = 0;
    return recv(sockets_[0], &byte, 1, MSG_DONTWAIT) == 0;
  }
  // True when somebody ended both sides.
  bool cut() const { return told_to_leave() && send(sockets_[0], "x", 1, MSG_NOSIGNAL) < 0; }

 private:
  static std::array<int, 2> Pair() {
    std::array<int, 2> sockets{};
    EXPECT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, sockets.data()), 0);
    return sockets;
  }

  Roster& roster_;
  const std::array<int, 2> sockets_ = Pair();

 public:
  Roster::Entry entry{sockets_[0]};

 private:
  bool added_;
};

TEST(Roster, TheLongestIdleMakesRoomFirst) {
  Roster roster(hours(1));
  Member first(roster), second(roster), third(roster);
  for (Member* member : {&first, &second, &third, &first}) member->entry.Now(Activity::kIdle);
  roster.MakeRoom();
  EXPECT_TRUE(second.told_to_leave());
  EXPECT_FALSE(first.told_to_leave());
  EXPECT_FALSE(third.told_to_leave());
  EXPECT_FALSE(second.cut());
}

TEST(Roster, OneAtATimeUntilItHasLeft) {
  Roster roster(hours(1));
  Member first(roster), second(roster);
  for (Member* member : {&first, &second}) member->entry.Now(Activity::kIdle);
  roster.MakeRoom();
  roster.MakeRoom();
  EXPECT_TRUE(first.told_to_leave());
  EXPECT_FALSE(second.told_to_leave());
  first.Leave();
  roster.MakeRoom();
  EXPECT_TRUE(second.told_to_leave());
}

TEST(Roster, WhoTurnsOutToBeBusyDoesNotBlockTheNext) {
  Roster roster(hours(1));
  Member first(roster), second(roster);
  for (Member* member : {&first, &second}) member->entry.Now(Activity::kIdle);
  roster.MakeRoom();
  first.entry.Now(Activity::kAnswering);
  roster.MakeRoom();
  EXPECT_TRUE(second.told_to_leave());
}

TEST(Roster, WhoIsIdleGoesBeforeWhoEndsAndWhoReads) {
  Roster roster(milliseconds(0));
  Member reading(roster), fresh(roster), ending(roster), idle(roster);
  reading.entry.Now(Activity::kReading);
  fresh.entry.Now(Activity::kFresh);
  ending.entry.Now(Activity::kEnding);
  idle.entry.Now(Activity::kIdle);
  for (Member* member : {&idle, &ending, &fresh, &reading}) {
    EXPECT_FALSE(member->told_to_leave());
    roster.MakeRoom();
    EXPECT_TRUE(member->told_to_leave());
    member->Leave();
  }
}

TEST(Roster, FairReadersAndBusyConnectionsStay) {
  Roster roster(hours(1));
  Member reading(roster), fresh(roster), answering(roster);
  reading.entry.Now(Activity::kReading);
  fresh.entry.Now(Activity::kFresh);
  answering.entry.Now(Activity::kAnswering);
  roster.MakeRoom();
  for (const Member* member : {&reading, &fresh, &answering}) EXPECT_FALSE(member->told_to_leave());
}

TEST(Roster, StoppingEndsThoseWhoAreOwedNothing) {
  Roster roster(hours(1));
  Member idle(roster), fresh(roster), ending(roster), reading(roster), answering(roster);
  idle.entry.Now(Activity::kIdle);
  fresh.entry.Now(Activity::kFresh);
  ending.entry.Now(Activity::kEnding);
  reading.entry.Now(Activity::kReading);
  answering.entry.Now(Activity::kAnswering);
  EXPECT_FALSE(roster.stopping());
  roster.StartStopping();
  EXPECT_TRUE(roster.stopping());
  for (const Member* member : {&idle, &fresh, &ending}) EXPECT_TRUE(member->told_to_leave());
  for (const Member* member : {&reading, &answering}) EXPECT_FALSE(member->told_to_leave());
  EXPECT_FALSE(Member(roster).added());
}

TEST(Roster, WhoIsLeftAtTheDeadlineIsCutAndAwaited) {
  Roster roster(hours(1));
  Member slow(roster);
  roster.StartStopping();
  std::thread stopper([&] { roster.AwaitEmpty(SocketNow() + milliseconds(5)); });
  while (!slow.told_to_leave()) {
  }
  EXPECT_TRUE(slow.cut());
  slow.Leave();
  stopper.join();
  EXPECT_EQ(roster.size(), 0u);
}

TEST(Roster, AwaitEmptyReturnsAsSoonAsTheLastHasLeft) {
  Roster roster(hours(1));
  Member last(roster);
  roster.StartStopping();
  std::thread stopper([&] { roster.AwaitEmpty(SocketNow() + hours(1)); });
  last.Leave();
  stopper.join();
  EXPECT_FALSE(last.told_to_leave());
}

}  // namespace
}  // namespace kondor::http
