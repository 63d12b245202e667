// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/heartplot.h"

#include "gui/daywords.h"
#include "gui/plotlibrary.h"
#include "gui/statecolors.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QMouseEvent>
#include <QStackedLayout>
#include <QStyleOptionFocusRect>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

constexpr qint64 readingLasts = 60;
constexpr qint64 mostMissing = 5 * 60;
/// Nobody points more exactly than this.
constexpr int reach = 4;
constexpr int leastHeight = 96;
constexpr double leastSpan = 40;

QString bpm(double value)
{
    return QLocale().toString(value, 'g', QLocale::FloatingPointShortest);
}

} // namespace

std::vector<std::vector<Sample>> stretchesOf(const std::vector<Sample> &samples)
{
    std::vector<std::vector<Sample>> stretches;
    for (const Sample &sample : samples) {
        const bool joined =
            !stretches.empty() && sample.t - (stretches.back().back().t + readingLasts) <= mostMissing;
        if (!joined)
            stretches.emplace_back();
        stretches.back().push_back(sample);
    }
    return stretches;
}

/// What QCustomPlot is made of; it owns all of it but the ticks and the words.
struct HeartPlot::Parts
{
    QCustomPlot *plot = nullptr;
    QCPGraph *line = nullptr;
    QCPGraph *dots = nullptr; ///< readings that stand alone: a line of one point is invisible
    QCPLayer *pointer = nullptr;
    QCPItemStraightLine *upright = nullptr;
    QCPItemTracer *ring = nullptr;
    QCPItemStraightLine *change = nullptr; ///< where the clocks change
    QSharedPointer<QCPAxisTickerText> ticks;
    QLabel *words = nullptr;
    QStackedLayout *pages = nullptr;
};

HeartPlot::HeartPlot(QWidget *parent) : QWidget(parent), m_parts(std::make_unique<Parts>())
{
    Parts &p = *m_parts;
    p.plot = new QCustomPlot(this);
    p.plot->setFocusPolicy(Qt::NoFocus);
    p.plot->setMinimumSize(0, 0);
    p.plot->installEventFilter(this);
    p.plot->plotLayout()->setAutoMargins(QCP::msNone);
    p.plot->axisRect()->setAutoMargins(QCP::msNone);
    // Lines wider than a pixel would take 50 times as long without it.
    p.plot->setPlottingHint(QCP::phFastPolylines);
    p.line = p.plot->addGraph();
    // Thinned, dense points become a comb of vertical strokes; the few of a day need no thinning.
    p.line->setAdaptiveSampling(false);
    p.dots = p.plot->addGraph();
    p.dots->setLineStyle(QCPGraph::lsNone);
    p.ticks = QSharedPointer<QCPAxisTickerText>::create();
    p.plot->xAxis->setTicker(p.ticks);
    p.plot->yAxis->ticker()->setTickCount(4);
    for (QCPAxis *axis : {p.plot->xAxis, p.plot->yAxis}) {
        axis->setSubTicks(false);
        axis->setTickPen(Qt::NoPen);
        axis->setTickLength(0);
        axis->setTickLabelPadding(6);
    }
    p.plot->yAxis->setBasePen(Qt::NoPen);
    p.change = new QCPItemStraightLine(p.plot);
    p.change->setVisible(false);
    // On a layer of its own, so that following the mouse does not draw the day anew.
    p.plot->addLayer(u"pointer"_s);
    p.pointer = p.plot->layer(u"pointer"_s);
    p.pointer->setMode(QCPLayer::lmBuffered);
    p.upright = new QCPItemStraightLine(p.plot);
    p.ring = new QCPItemTracer(p.plot);
    p.ring->setStyle(QCPItemTracer::tsCircle);
    p.ring->setSize(8);
    for (QCPAbstractItem *item :
         {static_cast<QCPAbstractItem *>(p.upright), static_cast<QCPAbstractItem *>(p.ring)}) {
        item->setLayer(p.pointer);
        item->setVisible(false);
    }
    p.words = new QLabel(this);
    p.words->setAlignment(Qt::AlignCenter);
    p.words->setWordWrap(true);
    p.words->setTextFormat(Qt::PlainText);
    p.pages = new QStackedLayout(this);
    p.pages->setContentsMargins(2, 2, 2, 2);
    p.pages->addWidget(p.words);
    p.pages->addWidget(p.plot);
    setAccessibleName(tr("Heart rate over the day"));
    applyColors();
}

HeartPlot::~HeartPlot() = default;

void HeartPlot::setDay(const DayRecord &record, const QString &instead)
{
    Parts &p = *m_parts;
    // Read again after a sync and the same: who is reading is not disturbed.
    if (record.day == m_record.day && record.heartRate == m_record.heartRate && instead == p.words->text())
        return;
    pointAt(std::nullopt);
    m_record = record;
    QVector<QCPGraphData> line;
    QVector<QCPGraphData> dots;
    for (const std::vector<Sample> &stretch : stretchesOf(record.heartRate)) {
        for (const Sample &sample : stretch)
            line.append({double(sample.t - record.day.startUtc), sample.v});
        if (stretch.size() == 1)
            dots.append(line.last());
        line.append({line.last().key + 1, std::numeric_limits<double>::quiet_NaN()});
    }
    p.line->data()->set(line, true);
    p.dots->data()->set(dots, true);
    p.plot->xAxis->setRange(0, record.day.seconds);
    if (!record.heartRate.empty()) {
        const auto [low, high] =
            std::minmax_element(record.heartRate.begin(), record.heartRate.end(),
                                [](const Sample &a, const Sample &b) { return a.v < b.v; });
        const double bottom = std::floor((low->v - 2) / 10) * 10;
        p.plot->yAxis->setRange(bottom, std::max(std::ceil((high->v + 2) / 10) * 10, bottom + leastSpan));
    }
    p.change->setVisible(record.day.changeUtc.has_value());
    if (record.day.changeUtc) {
        const double key = double(*record.day.changeUtc - record.day.startUtc);
        p.change->point1->setCoords(key, 0);
        p.change->point2->setCoords(key, 1);
    }
    p.words->setText(instead);
    const bool shown = !record.heartRate.empty();
    p.pages->setCurrentWidget(shown ? static_cast<QWidget *>(p.plot) : p.words);
    setFocusPolicy(shown ? Qt::StrongFocus : Qt::NoFocus);
    describe();
    arrange();
}

std::optional<Sample> HeartPlot::pointed() const
{
    return m_pointed ? std::optional(m_record.heartRate[*m_pointed]) : std::nullopt;
}

QMargins HeartPlot::sides() const
{
    const QFontMetrics metrics(m_parts->plot->xAxis->tickLabelFont());
    // The first and the last label are centred on the ends of the axis.
    const int half = metrics.horizontalAdvance(u"00:00"_s) / 2 + 2;
    return {std::max(metrics.horizontalAdvance(u"000"_s) + 8, half), 0, half, 0};
}

QSize HeartPlot::sizeHint() const
{
    return {480, 200};
}

QSize HeartPlot::minimumSizeHint() const
{
    return {240, leastHeight};
}

void HeartPlot::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        applyColors();
}

bool HeartPlot::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_parts->plot) {
        if (event->type() == QEvent::MouseMove)
            pointAtX(static_cast<QMouseEvent *>(event)->pos().x());
        else if (event->type() == QEvent::MouseButtonPress)
            setFocus(Qt::MouseFocusReason);
        else if (event->type() == QEvent::Leave)
            pointAt(std::nullopt);
    }
    return QWidget::eventFilter(watched, event);
}

void HeartPlot::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    update();
}

void HeartPlot::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    pointAt(std::nullopt);
    update();
}

void HeartPlot::keyPressEvent(QKeyEvent *event)
{
    const size_t count = m_record.heartRate.size();
    const bool plain = event->modifiers() == Qt::NoModifier || event->modifiers() == Qt::KeypadModifier;
    if (count == 0 || !plain)
        return QWidget::keyPressEvent(event);
    switch (event->key()) {
    case Qt::Key_Left:
        return pointAt(m_pointed ? std::max<size_t>(*m_pointed, 1) - 1 : count - 1);
    case Qt::Key_Right:
        return pointAt(m_pointed ? std::min(*m_pointed + 1, count - 1) : 0);
    case Qt::Key_Home:
        return pointAt(0);
    case Qt::Key_End:
        return pointAt(count - 1);
    case Qt::Key_Escape:
        if (m_pointed)
            return pointAt(std::nullopt);
        break;
    default:
        break;
    }
    QWidget::keyPressEvent(event);
}

void HeartPlot::paintEvent(QPaintEvent *)
{
    if (!hasFocus())
        return;
    QStylePainter painter(this);
    QStyleOptionFocusRect option;
    option.initFrom(this);
    option.backgroundColor = cardColor(palette());
    painter.drawPrimitive(QStyle::PE_FrameFocusRect, option);
}

void HeartPlot::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void HeartPlot::applyColors()
{
    Parts &p = *m_parts;
    const QPalette colors = palette();
    const QColor ground = cardColor(colors);
    const QColor text = toneColor(Tone::Neutral, colors);
    const QColor accent = toneColor(Tone::Busy, colors);
    const QColor hairline = blended(ground, colors.color(QPalette::Text), 0.14);
    QFont small = font();
    if (small.pointSizeF() > 0)
        small.setPointSizeF(small.pointSizeF() * 0.9);
    p.plot->setBackground(QBrush(ground));
    for (QCPAxis *axis : {p.plot->xAxis, p.plot->yAxis}) {
        axis->setTickLabelFont(small);
        axis->setTickLabelColor(text);
        axis->grid()->setPen(QPen(hairline, 1));
        axis->grid()->setZeroLinePen(Qt::NoPen);
    }
    p.plot->xAxis->setBasePen(QPen(blended(ground, colors.color(QPalette::Text), 0.35), 1));
    p.line->setPen(QPen(accent, 1.5));
    p.dots->setPen(QPen(accent, 1));
    p.dots->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, accent, accent, 3));
    p.change->setPen(QPen(text, 1, Qt::DotLine));
    p.upright->setPen(QPen(text, 1));
    p.ring->setPen(QPen(colors.color(QPalette::Text), 1));
    p.ring->setBrush(accent);
    arrange();
}

void HeartPlot::arrange()
{
    Parts &p = *m_parts;
    const QFontMetrics metrics(p.plot->xAxis->tickLabelFont());
    QMargins margins = sides();
    margins.setTop(metrics.height() / 2 + 4); // a label cut by the edge is left out
    margins.setBottom(metrics.height() + 8);
    p.plot->axisRect()->setMargins(margins);

    const int room = width() - margins.left() - margins.right();
    const int label = metrics.horizontalAdvance(u"00:00"_s) + 12;
    const int step = room / label >= 8 ? 3 : 6;
    p.ticks->clear();
    for (const WallHour &hour : wallHours(m_record.day)) {
        const QTime time = wallTime(m_record.day, hour.startUtc);
        if (time.minute() == 0 && time.hour() % step == 0)
            p.ticks->addTick(double(hour.startUtc - m_record.day.startUtc), time.toString(u"HH:mm"_s));
    }
    p.ticks->addTick(m_record.day.seconds, u"24:00"_s);
    if (!qFuzzyCompare(p.plot->bufferDevicePixelRatio(), devicePixelRatioF()))
        p.plot->setBufferDevicePixelRatio(devicePixelRatioF());
    p.plot->replot(QCustomPlot::rpQueuedReplot);
}

void HeartPlot::describe()
{
    const std::vector<Sample> &samples = m_record.heartRate;
    if (samples.empty()) {
        setAccessibleDescription(m_parts->words->text());
        return;
    }
    const auto [low, high] = std::minmax_element(samples.begin(), samples.end(),
                                                 [](const Sample &a, const Sample &b) { return a.v < b.v; });
    setAccessibleDescription(
        tr("%1 readings from %2 to %3, between %4 and %5 bpm. Left and Right go from reading to reading; the "
           "table lists all of them.")
            .arg(QLocale().toString(qlonglong(samples.size())),
                 wallTimeInWords(m_record.day, samples.front().t),
                 wallTimeInWords(m_record.day, samples.back().t), bpm(low->v), bpm(high->v)));
}

void HeartPlot::pointAtX(int x)
{
    const Parts &p = *m_parts;
    if (m_record.heartRate.empty() || !p.plot->axisRect()
                                           ->rect()
                                           .adjusted(-reach, 0, reach, 0)
                                           .contains(x, p.plot->axisRect()->rect().center().y()))
        return pointAt(std::nullopt);
    const qint64 at = m_record.day.startUtc + qint64(p.plot->xAxis->pixelToCoord(x));
    const double perPixel = p.plot->xAxis->range().size() / std::max(1, p.plot->axisRect()->width());
    const auto after = std::lower_bound(m_record.heartRate.begin(), m_record.heartRate.end(), at,
                                        [](const Sample &sample, qint64 t) { return sample.t < t; });
    auto nearest = after;
    if (after == m_record.heartRate.end() ||
        (after != m_record.heartRate.begin() && at - (after - 1)->t <= after->t - at))
        nearest = after - 1;
    if (double(std::abs(nearest->t - at)) <= std::max(perPixel * reach, double(readingLasts)))
        return pointAt(size_t(nearest - m_record.heartRate.begin()));
    pointAt(std::nullopt);
    Q_EMIT pointedAt(tr("%1  no reading").arg(wallTimeInWords(m_record.day, at - at % 60)));
}

void HeartPlot::pointAt(std::optional<size_t> index)
{
    m_pointed = index;
    redrawPointer();
    if (!index) {
        describe();
        Q_EMIT pointedAt({});
        return;
    }
    const Sample &sample = m_record.heartRate[*index];
    const QString text = tr("%1  %2 bpm").arg(wallTimeInWords(m_record.day, sample.t), bpm(sample.v));
    if (hasFocus())
        setAccessibleDescription(text); // tells a screen reader
    Q_EMIT pointedAt(text);
}

void HeartPlot::redrawPointer()
{
    Parts &p = *m_parts;
    const std::optional<Sample> sample = pointed();
    p.upright->setVisible(sample.has_value());
    p.ring->setVisible(sample.has_value());
    if (sample) {
        const double key = double(sample->t - m_record.day.startUtc);
        p.upright->point1->setCoords(key, 0);
        p.upright->point2->setCoords(key, 1);
        p.ring->position->setCoords(key, sample->v);
    }
    p.pointer->replot();
}

} // namespace wristkeep
