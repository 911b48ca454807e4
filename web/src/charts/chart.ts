// ECharts on an element: only what is used of it, redrawn with the element's size and the colour
// scheme. Drawn as SVG, so that it prints and stays sharp.
import { CustomChart, ScatterChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { init, use, type EChartsCoreOption } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';

use([CustomChart, ScatterChart, GridComponent, LabelLayout, SVGRenderer]);

// A colour of style.css by its name.
export type Colours = (name: string) => string;
export type Drawing = (colours: Colours, width: number) => EChartsCoreOption;

// An attachment: {@attach chart(drawing)}
export function chart(drawing: Drawing) {
  return (element: HTMLElement) => {
    const plot = init(element, null, { renderer: 'svg' });
    const draw = () => {
      const style = getComputedStyle(element);
      const colours: Colours = (name) => style.getPropertyValue('--' + name).trim();
      plot.resize();
      plot.setOption(drawing(colours, element.clientWidth), { notMerge: true });
    };
    const size = new ResizeObserver(draw);
    size.observe(element);
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', draw);
    return () => {
      size.disconnect();
      scheme.removeEventListener('change', draw);
      plot.dispose();
    };
  };
}
