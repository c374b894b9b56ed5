#include "mock_server/faults/play.h"

#include <string>
#include <utility>

#include "mock_server/http/response_head.h"

namespace kondor::faults {
namespace {

constexpr int kNobodyBehind = 503;

Answer FrontAnswer(TimePoint now) {
  Answer answer;
  answer.outcome = Outcome::kFault;
  answer.at = now;
  PutFrontPage(kNobodyBehind, answer.response);
  return answer;
}

std::string Words(const Draw& draw, const Answer& vendor, const Reply& reply) {
  const Step& step = draw.what();
  std::string text = "Fault script " + std::to_string(draw.id) + ", step " +
                     std::to_string(draw.step + 1) + " (" + std::string(step.kind) + ", play " +
                     std::to_string(draw.play) + " of " + std::to_string(step.times) + "): ";
  if (step.when == FaultTime::kBefore) {
    text += "the vendor never saw the call, nothing was committed and nothing counted; ";
  } else {
    text += "the vendor did its part and answered " + std::to_string(vendor.response.status) +
            " (" + std::string(ToText(vendor.outcome)) + "); then ";
  }
  text += reply.done;
  const auto ms =
      std::chrono::duration_cast<std::chrono::milliseconds>(reply.schedule.first).count();
  if (ms > 0) text += ", " + std::to_string(ms) + " ms after the call on the sandbox's clock";
  return text + ".";
}

}  // namespace

void PutFrontPage(int status, http::Response& response) {
  const std::string title = std::to_string(status) + " " + std::string(http::ReasonPhrase(status));
  response.status = status;
  response.content_type = "text/html";
  response.body =
      "<html><head><title>" + title + "</title></head><body><h1>" + title + "</h1></body></html>\n";
}

Answer Play(const Draw& draw, const Call& call, const Clock& clock, Waits& waits,
            const std::function<Answer()>& vendor) {
  const Step& step = draw.what();
  const bool asked = step.when == FaultTime::kAfterCommit;
  Answer answer = asked ? vendor() : FrontAnswer(clock.Now());

  Reply reply{step.when, answer.response, {}, {}, {}};
  reply.schedule.first = step.delay;
  step.effect(call, reply);

  PlayedFault played;
  played.script = draw.id;
  played.kind = step.kind;
  played.step = static_cast<std::uint32_t>(draw.step + 1);
  played.play = draw.play;
  played.plays = step.times;
  played.when = step.when;
  played.vendor_status = asked ? answer.response.status : 0;
  played.text = Words(draw, answer, reply);
  answer.fault = std::make_shared<const PlayedFault>(std::move(played));

  if (!reply.schedule.is_at_once()) reply.delivery.pace = waits.Begin(reply.schedule);
  answer.response = std::move(reply.response);
  answer.response.delivery = std::make_shared<const http::Delivery>(std::move(reply.delivery));
  return answer;
}

}  // namespace kondor::faults
