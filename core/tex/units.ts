// Units as siunitx writes them -> their symbols: "\kilo\meter\per\second" becomes "km/s".
import { tableOf } from './symbols.ts';

const symbols = tableOf(`
  meter m metre m second s gram g kilogram kg kelvin K hertz Hz watt W tesla T percent % degree ° degreeCelsius °C celsius °C electronvolt eV
  ohm Ω angstrom Å volt V ampere A mole mol joule J newton N pascal Pa bar bar liter L litre L minute min hour h day d byte B bit bit decibel dB
  radian rad farad F henry H lumen lm lux lx becquerel Bq sievert Sv coulomb C siemens S weber Wb pico p nano n micro μ milli m centi c deci d
  hecto h kilo k mega M giga G tera T peta P per / squared ² square ² cubed ³ cubic ³
`);

/** Unknown names stay as they are. */
export function readUnits(raw: string): string {
  return raw
    .replace(/\\([A-Za-z]+)\s*/g, (_, name: string) => symbols.get(name) ?? name)
    .replace(/[\\{}~]/g, '')
    .trim();
}
