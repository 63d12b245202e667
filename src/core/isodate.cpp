// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/isodate.h"

#include <array>

namespace wristkeep {

namespace {

using IsoText = std::array<char, 10>;

/// None for a year that has not four digits.
bool write(QDate day, IsoText &text)
{
    int year = 0;
    int month = 0;
    int number = 0;
    day.getDate(&year, &month, &number);
    if (!day.isValid() || year < 0 || year > 9999)
        return false;
    const auto put = [&text](std::size_t at, int value) {
        text.at(at) = char('0' + value / 10);
        text.at(at + 1) = char('0' + value % 10);
    };
    put(0, year / 100);
    put(2, year % 100);
    put(5, month);
    put(8, number);
    text.at(4) = '-';
    text.at(7) = '-';
    return true;
}

char16_t unitOf(QChar unit)
{
    return unit.unicode();
}

char16_t unitOf(char unit)
{
    return char16_t(uchar(unit));
}

template<typename Text>
QDate read(Text text)
{
    if (text.size() != 10 || unitOf(text[4]) != u'-' || unitOf(text[7]) != u'-')
        return {};
    bool isWritten = true;
    const auto number = [&text, &isWritten](qsizetype from, qsizetype count) {
        int value = 0;
        for (qsizetype i = from; i < from + count; ++i) {
            const char16_t unit = unitOf(text[i]);
            isWritten = isWritten && unit >= u'0' && unit <= u'9';
            value = value * 10 + (unit - u'0');
        }
        return value;
    };
    const QDate day(number(0, 4), number(5, 2), number(8, 2));
    return isWritten ? day : QDate();
}

} // namespace

QString isoDate(QDate day)
{
    IsoText text;
    return write(day, text) ? QString::fromLatin1(text.data(), text.size()) : day.toString(Qt::ISODate);
}

QByteArray isoDateBytes(QDate day)
{
    IsoText text;
    return write(day, text) ? QByteArray(text.data(), text.size()) : day.toString(Qt::ISODate).toLatin1();
}

QDate dateFromIso(QStringView text)
{
    return read(text);
}

QDate dateFromIso(QByteArrayView text)
{
    return read(text);
}

} // namespace wristkeep
