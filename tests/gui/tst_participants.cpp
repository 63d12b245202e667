// SPDX-License-Identifier: GPL-3.0-or-later

// The list of participants: ids are checked while they are typed, removing asks first.

#include "gui/participantsdialog.h"
#include "gui/pictures.h"
#include "gui/remark.h"

#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeWidget>

using namespace Qt::StringLiterals;

namespace wristkeep {

class TestParticipants : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_dialog = std::make_unique<ParticipantsDialog>(u"Fitbit"_s);
        m_dialog->setParticipants(
            {{u"default"_s, {}}, {u"P01"_s, u"Ada"_s}, {u"p02"_s, u"Mara <b>B.</b>"_s}});
        m_dialog->open();
    }

    void listsIdsAndNames()
    {
        auto *list = named<QTreeWidget>(u"Participants"_s);
        QCOMPARE(list->topLevelItemCount(), 3);
        QCOMPARE(list->topLevelItem(1)->text(0), u"P01"_s);
        QCOMPARE(list->topLevelItem(1)->text(1), u"Ada"_s);
    }

    void idsAreCheckedLive_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<bool>("good");
        QTest::newRow("empty") << QString() << false;
        QTest::newRow("fine") << u"P03.a_b-c"_s << true;
        QTest::newRow("digit first") << u"3"_s << true;
        QTest::newRow("dot first") << u".hidden"_s << false;
        QTest::newRow("path") << u"../x"_s << false;
        QTest::newRow("blank") << u"P 3"_s << false;
        QTest::newRow("umlaut") << u"Jörg"_s << false;
        QTest::newRow("exports") << u"Exports"_s << false;
        QTest::newRow("taken") << u"p01"_s << false;
        QTest::newRow("64") << QString(64, u'a') << true;
        QTest::newRow("65") << QString(65, u'a') << false;
    }

    void idsAreCheckedLive()
    {
        QFETCH(const QString, id);
        QFETCH(const bool, good);
        named<QLineEdit>(u"Id"_s)->setText(id);
        QCOMPARE(named<QPushButton>(u"Add"_s)->isEnabled(), good);
        const auto *remark = m_dialog->findChild<Remark *>(u"newRemark"_s);
        QCOMPARE(remark->text().isEmpty(), id.isEmpty());
        if (!id.isEmpty())
            QCOMPARE(remark->tone(), good ? Tone::Good : Tone::Problem);
    }

    void addsAndSelects()
    {
        QSignalSpy asked(m_dialog.get(), &ParticipantsDialog::addRequested);
        named<QLineEdit>(u"Id"_s)->setText(u"P03"_s);
        named<QLineEdit>(u"Name of the new participant"_s)->setText(u"  Eve  X "_s);
        QTest::keyClick(named<QLineEdit>(u"Id"_s), Qt::Key_Return);
        QCOMPARE(asked.size(), 1);
        QVERIFY(m_dialog->isVisible()); // Enter adds; it does not close
        QCOMPARE(asked.first(), QVariantList({u"P03"_s, u"Eve X"_s}));
        QVERIFY(named<QLineEdit>(u"Id"_s)->text().isEmpty());
        m_dialog->setParticipants({{u"default"_s, {}}, {u"P03"_s, u"Eve X"_s}});
        QCOMPARE(m_dialog->findChild<QLabel *>(u"selectedHeading"_s)->text(), u"Selected: P03"_s);
        m_dialog->presentDone(u"P03 was added."_s);
        QCOMPARE(m_dialog->findChild<Remark *>(u"result"_s)->text(), u"P03 was added."_s);
    }

    void renamesTheSelectedOne()
    {
        QSignalSpy asked(m_dialog.get(), &ParticipantsDialog::renameRequested);
        select(1);
        auto *name = named<QLineEdit>(u"Name"_s);
        QCOMPARE(name->text(), u"Ada"_s);
        QVERIFY(!named<QPushButton>(u"Rename"_s)->isEnabled());
        name->setText(u" Ada L. "_s);
        named<QPushButton>(u"Rename"_s)->click();
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.first(), QVariantList({u"P01"_s, u"Ada L."_s}));
        m_dialog->setParticipants({{u"default"_s, {}}, {u"P01"_s, u"Ada L."_s}});
        QCOMPARE(name->text(), u"Ada L."_s);
        name->clear();
        QVERIFY(named<QPushButton>(u"Rename"_s)->isEnabled());
    }

    void removingAsksFirst_data()
    {
        QTest::addColumn<QString>("answer");
        QTest::addColumn<int>("removed");
        QTest::newRow("yes") << u"Remove"_s << 1;
        QTest::newRow("no") << u"Cancel"_s << 0;
    }

    void removingAsksFirst()
    {
        QFETCH(const QString, answer);
        QFETCH(const int, removed);
        QSignalSpy asked(m_dialog.get(), &ParticipantsDialog::removeRequested);
        select(2);
        named<QPushButton>(u"Remove…"_s)->click();
        auto *question = m_dialog->findChild<QMessageBox *>();
        QVERIFY(question != nullptr);
        QVERIFY(question->text().contains(u"p02"_s));
        QVERIFY(question->informativeText().contains(u"Files and rows stay"_s));
        QCOMPARE(asked.size(), 0);
        takePictures(question, u"participants-remove"_s);
        widgetNamed<QPushButton>(question, answer)->click();
        QCOMPARE(asked.size(), removed);
        if (removed > 0)
            QCOMPARE(asked.first().first().toString(), u"p02"_s);
    }

    void theOnlyOneStays()
    {
        m_dialog->setParticipants({{u"default"_s, {}}});
        QVERIFY(!named<QPushButton>(u"Remove…"_s)->isEnabled());
        QVERIFY(!named<QPushButton>(u"Remove…"_s)->toolTip().isEmpty());
    }

    void anErrorIsTold()
    {
        m_dialog->presentError(
            Error{ErrorKind::BadUsage, u"There is already a participant."_s, 0, {}, {}, {}});
        QVERIFY(m_dialog->findChild<Remark *>(u"result"_s)->text().contains(u"already a participant"_s));
    }

    void pictures()
    {
        select(1);
        named<QLineEdit>(u"Id"_s)->setText(u"p01"_s);
        takePictures(m_dialog.get(), u"participants"_s);
    }

private:
    void select(int row) const
    {
        auto *list = named<QTreeWidget>(u"Participants"_s);
        list->setCurrentItem(list->topLevelItem(row));
    }

    template<typename Widget>
    [[nodiscard]] Widget *named(const QString &name) const
    {
        return widgetNamed<Widget>(m_dialog.get(), name);
    }

    std::unique_ptr<ParticipantsDialog> m_dialog;
};

} // namespace wristkeep

QTEST_MAIN(wristkeep::TestParticipants)
#include "tst_participants.moc"
