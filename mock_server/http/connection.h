// One client's connection: request after request until one side ends it. Lives on one thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "mock_server/http/edge.h"
#include "mock_server/http/head.h"
#include "mock_server/http/stream.h"

namespace kondor::http {

class Connection {
 public:
  // Owns `socket` from here on.
  Connection(Edge& edge, int socket);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void Serve();

 private:
  // What is left to do once an answer is written.
  enum class Next { kRequest, kEnd, kEndGently };

  Next ServeRequest();
  bool AwaitRequest();
  std::optional<Refusal> ReadHead();
  Next Refuse(const Refusal& refusal);
  Response Ask() const;
  Response ErrorAnswer(const Refusal& refusal) const;
  Next Answer(const Response& response);
  // What a response's delivery asks for; see deliver.cc.
  Next Deliver(const Response& response, const Delivery& how);
  bool AwaitPace(Pace* pace, std::optional<std::size_t> body_sent, std::size_t& body_allowed);
  bool WritePaced(std::string_view head, std::string_view body, Pace* pace);

  Edge& edge_;
  const int socket_;
  const std::string peer_address_;
  Roster::Entry entry_;
  Stream stream_;
  bool fresh_ = true;  // nothing asked yet
  // Kept from request to request for their memory.
  std::string head_;
  std::string response_head_;
  Request request_;
  Framing framing_;
};

}  // namespace kondor::http
