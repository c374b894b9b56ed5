// Servers that break off, say too much, too little, or nonsense.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <latch>
#include <semaphore>
#include <string>
#include <vector>

#include "client/http/no_sigpipe.h"
#include "tests/client/http/transport_fixture.h"

namespace kondor::client {
namespace {

using testing::HasSubstr;

class BrokenTransport : public TransportTest {};

TEST_F(BrokenTransport, ADeadPortWasNotSentTo) {
  const TransportFault fault = FaultOf(Get(*To("http://127.0.0.1:" + std::to_string(DeadPort()))));
  EXPECT_EQ(fault.reach, Reach::kNotSent);
  EXPECT_THAT(fault.message, HasSubstr("GET http://127.0.0.1:"));
  EXPECT_THAT(fault.message, HasSubstr("/x: nobody answers"));
}

TEST_F(BrokenTransport, AResetBeforeTheAnswerMayHaveCarriedItOut) {
  RawServer server([](RawConnection& connection, int) {
    connection.ReadRequest();
    connection.Reset();
  });
  EXPECT_EQ(FaultOf(Get(*To(server.url()))).reach, Reach::kMaybeCarriedOut);
}

TEST_F(BrokenTransport, WhateverIsCutOffIsNoAnswer) {
  const std::string whole = Answer200(R"({"success": true, "data": []})");
  for (std::size_t length = 0; length < whole.size(); length += 3) {
    RawServer server([&](RawConnection& connection, int) {
      connection.ReadRequest();
      connection.Send(whole.substr(0, length));
      if (length % 2 == 0) connection.Reset();
    });
    const auto delivered = Get(*To(server.url()));
    ASSERT_TRUE(std::holds_alternative<TransportFault>(delivered)) << length;
    EXPECT_EQ(FaultOf(delivered).reach, Reach::kMaybeCarriedOut) << length;
  }
}

// The library does not say which it was, so neither may we.
TEST_F(BrokenTransport, WhatIsNoHttpIsNotCalledABrokenConnection) {
  const std::string huge = "HTTP/1.1 200 OK\r\nX: " + std::string(1 << 20, 'x') + "\r\n\r\n";
  for (const std::string& nonsense : {std::string("SSH-2.0-OpenSSH\r\n"), huge}) {
    RawServer server([&](RawConnection& connection, int) {
      connection.ReadRequest();
      connection.Send(nonsense);
    });
    EXPECT_THAT(FaultOf(Get(*To(server.url()))).message, HasSubstr("no whole answer in HTTP came"));
  }
}

TEST_F(BrokenTransport, WhatTheServerHalfClosedWhileIdleIsNotUsedAgain) {
  std::counting_semaphore<8> closed(0);
  RawServer server([&](RawConnection& connection, int) {
    connection.ReadRequest();
    connection.Send(Answer200("{}"));  // and not a word in it of what follows
    connection.FinishSending();
    closed.release();
    connection.AwaitEnd();
  });
  auto transport = To(server.url());
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(BodyOf(Get(*transport)), "{}");
    closed.acquire();
  }
  EXPECT_EQ(server.connections(), 5);
  transport.reset();  // which ends the last connection
}

TEST_F(BrokenTransport, AServerThatStopsReadingAndEndsIsAFault) {
  RawServer server([](RawConnection& connection, int) { connection.FinishSending(); });
  EXPECT_EQ(FaultOf(Get(*To(server.url()))).reach, Reach::kMaybeCarriedOut);
}

TEST_F(BrokenTransport, WhatFollowsAnAnswerIsNotReadAsTheNext) {
  const std::string poison = Answer200(R"({"poison": true})");
  for (const std::string& extra : {std::string("x"), poison, poison + std::string(20'000, 'x')}) {
    RawServer server([&](RawConnection& connection, int) {
      while (connection.ReadRequest() && connection.Send(Answer200("{}") + extra)) {
      }
    });
    auto transport = To(server.url());
    for (int i = 0; i < 5; ++i) {
      const auto delivered = Get(*transport);
      // A fault is honest; another call's answer would not be.
      if (std::holds_alternative<Response>(delivered)) {
        EXPECT_EQ(BodyOf(delivered), "{}");
      }
    }
  }
}

TEST_F(BrokenTransport, BrokenChunksAreNoAnswer) {
  const std::string head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (const char* body :
       {"zz\r\n{}\r\n0\r\n\r\n", "2\r\n{}", "5\r\n{}\r\n0\r\n\r\n", "2\r\n{}\r\n",
        "ffffffffffffffffff\r\n{}\r\n0\r\n\r\n", "-1\r\n{}\r\n0\r\n\r\n", "2\r\n{}\r\nzz\r\n"}) {
    RawServer server([&](RawConnection& connection, int) {
      connection.ReadRequest();
      connection.Send(head + body);
    });
    const auto delivered = Get(*To(server.url()));
    EXPECT_TRUE(std::holds_alternative<TransportFault>(delivered)) << body;
  }
}

TEST_F(BrokenTransport, NonsenseForAHeadIsNoAnswer) {
  for (const char* nonsense :
       {"\r\n\r\n", "HELLO\r\n\r\n", "HTTP/1.1 abc OK\r\n\r\n", "SSH-2.0-OpenSSH_9.2\r\n",
        "\0\0\0\0", "HTTP/1.1\r\n\r\n", "{\"success\": true}\r\n\r\n"}) {
    RawServer server([&](RawConnection& connection, int) {
      connection.ReadRequest();
      connection.Send(nonsense);
    });
    EXPECT_TRUE(std::holds_alternative<TransportFault>(Get(*To(server.url())))) << nonsense;
  }
}

TEST_F(BrokenTransport, AHugeContentLengthTakesNoMemory) {
  RawServer server([&](RawConnection& connection, int) {
    connection.ReadRequest();
    connection.Send("HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551615\r\n\r\n{}");
  });
  FaultOf(Get(*To(server.url())));
}

TEST_F(BrokenTransport, AnIdleConnectionMayEndJustWhenItIsUsed) {
  RawServer server([&](RawConnection& connection, int) {
    connection.ReadRequest();
    connection.Send(Answer200("{}"));
  });
  auto transport = To(server.url());
  int answers = 0;
  for (int i = 0; i < 20; ++i) {
    const auto delivered = Get(*transport);
    if (const auto* fault = std::get_if<TransportFault>(&delivered)) {
      EXPECT_EQ(fault->reach, Reach::kMaybeCarriedOut) << "nobody knows what became of it";
    } else {
      ++answers;
    }
  }
  EXPECT_GE(answers, 10) << "after each fault there is a new connection";
}

std::atomic<int> sigpipes{0};
void CountSigpipe(int) { ++sigpipes; }

TEST_F(BrokenTransport, AnEndWhileItSendsEndsNoProgram) {  // by SIGPIPE
  const auto before = std::signal(SIGPIPE, &CountSigpipe);
  const int begun = sigpipes;
  RawServer resets([](RawConnection& connection, int) { connection.Reset(); });
  RawServer closes([](RawConnection& connection, int) { connection.FinishSending(); });
  std::latch done(1);
  RawServer stalls([&](RawConnection&, int) { done.wait(); });
  const std::string body(8 << 20, 'x');
  for (const RawServer* server : {&resets, &closes, &stalls}) {
    auto transport = To(server->url());
    // Ended by the timeout, the last one fails while it writes to what we have shut ourselves.
    const Duration timeout = server == &stalls ? std::chrono::milliseconds(20) : kLong;
    for (int i = 0; i < 5; ++i) {
      FaultOf(transport->Send({.method = Method::kPost, .body = body}, timeout, {}));
    }
  }
  done.count_down();
  std::signal(SIGPIPE, before);
  EXPECT_EQ(sigpipes, begun);
}

// Writes to a pipe that nobody reads.
void RaiseSigpipe() {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  close(ends[0]);
  EXPECT_EQ(write(ends[1], "x", 1), -1);
  close(ends[1]);
}

TEST_F(BrokenTransport, NoSigpipeSwallowsOnlyItsOwn) {
  const auto before = std::signal(SIGPIPE, &CountSigpipe);
  const int begun = sigpipes;
  {
    const NoSigpipe no_sigpipe;
    RaiseSigpipe();
  }
  EXPECT_EQ(sigpipes, begun);
  RaiseSigpipe();
  EXPECT_EQ(sigpipes, begun + 1) << "others' writes are none of its business";
  std::signal(SIGPIPE, before);
}

TEST_F(BrokenTransport, ASignalMaskIsLeftAsItWas) {
  sigset_t before, after;
  pthread_sigmask(SIG_BLOCK, nullptr, &before);
  RawServer server(AlwaysSend(Answer200("{}")));
  auto transport = To(server.url());
  BodyOf(Get(*transport));
  pthread_sigmask(SIG_BLOCK, nullptr, &after);
  EXPECT_EQ(sigismember(&before, SIGPIPE), sigismember(&after, SIGPIPE));
  EXPECT_EQ(sigismember(&after, SIGPIPE), 0);
}

}  // namespace
}  // namespace kondor::client
