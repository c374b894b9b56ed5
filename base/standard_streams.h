// The three files that every program is given, should whoever started it have closed one.
// Not thread-safe.
#pragma once

namespace kondor {

// What is opened next would get the number of one that is closed, and what is printed would go into
// a socket, or a budget's file. From now on something stands there that fails when it is used.
void KeepStandardStreams();

}  // namespace kondor
