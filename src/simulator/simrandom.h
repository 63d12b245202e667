// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Repeatable chance: the same key gives the same numbers on every machine (splitmix64; integers only, so that
// no rounding mode or mathematics library can change a byte).

#include <QtGlobal>

#include <initializer_list>

namespace wristkeep {

class SimRandom
{
public:
    explicit SimRandom(quint64 key) : m_state(key) {}

    quint64 next()
    {
        m_state += 0x9e3779b97f4a7c15ULL;
        quint64 z = m_state;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31);
    }
    /// 0 … n-1
    int below(int n) { return n <= 1 ? 0 : int((next() >> 33) % quint64(n)); }
    /// low … high, both included
    int between(int low, int high) { return low + below(high - low + 1); }
    bool chance(int perMille) { return below(1000) < perMille; }

private:
    quint64 m_state;
};

/// One key out of several numbers, for independent streams per person, day and purpose.
inline quint64 mixKey(std::initializer_list<quint64> parts)
{
    quint64 key = 0x243f6a8885a308d3ULL;
    for (const quint64 part : parts)
        key = SimRandom(key ^ (part * 0xff51afd7ed558ccdULL + 0x165667b19e3779f9ULL)).next();
    return key;
}

} // namespace wristkeep
