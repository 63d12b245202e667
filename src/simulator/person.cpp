// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/person.h"

#include "simulator/simrandom.h"

#include <QStringList>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

QString encodedId(SimRandom &random)
{
    const QString letters = u"23456789BCDFGHJKLMNPQRSTVWXYZ"_s;
    QString id;
    for (int i = 0; i < 6; ++i)
        id += letters.at(random.below(int(letters.size())));
    return id;
}

} // namespace

int PersonTraits::ageOn(QDate date) const
{
    const bool before =
        date.month() < born.month() || (date.month() == born.month() && date.day() < born.day());
    return date.year() - born.year() - (before ? 1 : 0);
}

int PersonTraits::basalRate(QDate date) const
{
    return (10 * weightG + 625 * heightMm) / 1000 - 5 * ageOn(date) + (female ? -161 : 5);
}

PersonTraits makePerson(quint64 seed, int index)
{
    const QStringList women = {u"Mara"_s, u"Lena"_s, u"Ines"_s, u"Noor"_s, u"Clara"_s, u"Yuki"_s};
    const QStringList men = {u"Jonas"_s, u"Emil"_s, u"Tariq"_s, u"Pavel"_s, u"Oskar"_s, u"Mateo"_s};
    const QStringList families = {u"Keller"_s,    u"Berg"_s,  u"Novak"_s,
                                  u"Lindqvist"_s, u"Amari"_s, u"Sommer"_s};
    PersonTraits person;
    person.key = mixKey({seed, quint64(index), 1});
    SimRandom random(person.key);
    person.id = encodedId(random);
    person.female = random.chance(500);
    const QStringList &names = person.female ? women : men;
    // Stepping by index keeps the first few persons' names apart.
    person.firstName = names.at((random.below(6) + index) % 6);
    person.lastName = families.at((random.below(6) + index) % 6);
    person.born = QDate(random.between(1968, 1999), random.between(1, 12), random.between(1, 28));
    person.heightMm = 10 * random.between(person.female ? 158 : 170, person.female ? 178 : 192);
    person.weightG = 100 * random.between(person.female ? 540 : 680, person.female ? 760 : 920);
    person.restingRate = random.between(53, 64);
    person.wakeMinute = random.between(370, 435);
    person.weekendLater = random.between(45, 110);
    person.sleepMinutes = random.between(420, 485);
    person.commuteMinutes = random.between(11, 26);
    person.vigour = random.between(88, 116);
    for (int day = 0; day < 7; ++day)
        person.office.at(std::size_t(day)) = day < 5 && !random.chance(250);
    person.sport.fill(Doing::Home);
    const std::array<Doing, 4> sports = {Doing::Run, Doing::Run, Doing::Ride, Doing::Strength};
    const int first = random.below(2);
    for (const int day : {first, first + 2})
        person.sport.at(std::size_t(day)) = sports.at(std::size_t(random.below(4)));
    person.sport.at(5) = Doing::Run; // everybody runs once a week, so that every account has all zones
    return person;
}

} // namespace wristkeep
