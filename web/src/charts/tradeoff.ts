// Defences as points: how often they refuse harmless questions, how unsafe they are, each with
// its 95 % interval.
import type { CustomSeriesRenderItem } from 'echarts';
import type { Metric, Row } from '../data/report';
import type { Drawing } from './chart';

export interface TradeoffPoint {
  name: string; // as short as it can be read
  refusal: Row;
  unsafe: Row;
}

// [x, x low, x high, y, y low, y high] in percent.
type Cross = [number, number, number, number, number, number];

function percent(value: number | null): number {
  return 100 * (value ?? 0);
}

function crossOf({ refusal, unsafe }: TradeoffPoint): Cross {
  return [
    percent(refusal.value),
    percent(refusal.low),
    percent(refusal.high),
    percent(unsafe.value),
    percent(unsafe.low),
    percent(unsafe.high),
  ];
}

const drawCross: CustomSeriesRenderItem = (_, api) => {
  const at = (x: number, y: number) => api.coord([api.value(x), api.value(y)]) as [number, number];
  const line = (from: [number, number], to: [number, number]) => ({
    type: 'line' as const,
    shape: { x1: from[0], y1: from[1], x2: to[0], y2: to[1] },
    style: { stroke: api.visual('color') as string, lineWidth: 1.6, opacity: 0.65 },
  });
  return {
    type: 'group',
    children: [line(at(1, 3), at(2, 3)), line(at(0, 4), at(0, 5))],
  };
};

const SYMBOLS = ['circle', 'rect', 'triangle', 'diamond', 'pin', 'arrow'];

// The 100 of the axis gets some room so that no mark is cut.
function axis(name: string, vertical: boolean, colours: (name: string) => string) {
  return {
    type: 'value' as const,
    name,
    nameLocation: 'middle' as const,
    nameGap: vertical ? 44 : 30,
    nameTextStyle: { color: colours('ink'), fontSize: 13 },
    min: 0,
    max: 100,
    interval: 25,
    axisLabel: { color: colours('soft'), formatter: '{value} %' },
    axisLine: { show: true, lineStyle: { color: colours('line') } },
    splitLine: { lineStyle: { color: colours('line'), opacity: 0.6 } },
  };
}

function betterTowards(metric: Metric): string {
  return metric.lower_is_better ? 'lower is better' : 'higher is better';
}

export function tradeoffDrawing(
  points: TradeoffPoint[],
  axes: { unsafe: Metric; refusal: Metric },
): Drawing {
  return (colours, width) => ({
    animation: false,
    textStyle: { fontFamily: 'inherit' },
    grid: { left: 64, right: 24, top: 18, bottom: 52 },
    xAxis: axis(`${axes.refusal.title} (${betterTowards(axes.refusal)})`, false, colours),
    yAxis: axis(`${axes.unsafe.title} (${betterTowards(axes.unsafe)})`, true, colours),
    series: points.flatMap((point, index) => {
      const cross = crossOf(point);
      const colour = colours(`series-${index % 6}`);
      const right = cross[0] > (width < 500 ? 45 : 70);
      return [
        { type: 'custom' as const, renderItem: drawCross, data: [cross], color: colour, z: 2 },
        {
          type: 'scatter' as const,
          data: [[cross[0], cross[3]]],
          symbol: SYMBOLS[index % SYMBOLS.length],
          symbolSize: 13,
          itemStyle: { color: colour, borderColor: colours('card'), borderWidth: 1.5 },
          label: {
            show: true,
            formatter: () => point.name,
            position: right ? ('left' as const) : ('right' as const),
            color: colours('ink'),
            fontSize: 12.5,
            fontWeight: 600,
            textBorderColor: colours('card'),
            textBorderWidth: 3,
          },
          labelLayout: { dy: -12, moveOverlap: 'shiftY' as const },
          z: 3,
        },
      ];
    }),
  });
}
