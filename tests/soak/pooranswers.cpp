// SPDX-License-Identifier: GPL-3.0-or-later
#include "soak/pooranswers.h"

#include <algorithm>

namespace wristkeep::test {

using namespace Qt::StringLiterals;

namespace {

const QString thinner = u"records-thinner"_s;
/// So many readings and a third or a twentieth of them is something, whatever they are told in.
constexpr std::size_t manyReadings = 100;

/// A zero alone may wait for somebody who believes it.
bool hasMeasured(const CellContent &content)
{
    return !content.samples.empty() || !content.nights.isEmpty() ||
           std::any_of(content.daily.begin(), content.daily.end(), [](double value) { return value != 0; });
}

} // namespace

void PoorAnswers::take(const CellPlace &place, const PoorChange &change)
{
    // Sums of a day are made of what is told of it.
    CellContent told = change.now;
    told.daily.clear();
    if (!surplus(change.truth, told).isEmpty())
        return;
    const bool isRicher = change.now.size() >= change.before.size();
    // Where an answer for several days breaks off, one of them may lack no more than its last minutes.
    const bool isConfirmed = !change.now.isEmpty() && change.now.size() * 10 >= change.before.size() * 9;
    if (isRicher || isConfirmed)
        m_taken.insert(place);
}

QString PoorAnswers::finding(const SoakFault &fault, const PoorChange &change)
{
    if (!difference(change.truth, change.before).isEmpty())
        return {};
    const bool isEmptied = fault.what == u"records-none"_s && hasMeasured(change.before);
    if (!isEmptied && change.before.samples.size() < manyReadings)
        return {};
    if (fault.what == thinner)
        return change.now.samples.size() < change.before.samples.size()
                   ? QString()
                   : u"lost nothing although an answer that confirmed nine tenths had less"_s;
    return change.isSuspicious ? QString() : u"is not doubted although its last answer had less"_s;
}

} // namespace wristkeep::test
