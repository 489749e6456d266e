import type { Recipe } from './lib/asset-model.ts';
import { ballRecipes } from './objects/ball.ts';
import { bananaRecipes } from './objects/banana.ts';
import { bottleRecipes } from './objects/bottle.ts';
import { duckRecipes } from './objects/duck.ts';
import { tableRecipes } from './objects/furniture.ts';
import { candleRecipes, jarRecipes } from './objects/jar.ts';
import { cuttingBoardRecipes, placematRecipes, trayRecipes } from './objects/boards.ts';
import { bookRecipes } from './objects/book.ts';
import { cartonRecipes } from './objects/carton.ts';
import { cerealBoxRecipes } from './objects/cereal-box.ts';
import { lemonRecipes, orangeRecipes } from './objects/citrus.ts';
import { clockRecipes } from './objects/clock.ts';
import { forkRecipes, knifeRecipes, spoonRecipes } from './objects/cutlery.ts';
import { diceRecipes } from './objects/dice.ts';
import { lampRecipes } from './objects/lamp.ts';
import { mugRecipes } from './objects/mug.ts';
import { appleRecipes, pearRecipes } from './objects/orchard-fruit.ts';
import { plantRecipes } from './objects/plant.ts';
import { sodaCanRecipes } from './objects/soda-can.ts';
import { bowlRecipes, plateRecipes } from './objects/tableware.ts';
import { teaBoxRecipes } from './objects/tea-box.ts';
import { tinCanRecipes } from './objects/tin-can.ts';
import { toyBlockRecipes } from './objects/toy-block.ts';
import { wineBottleRecipes } from './objects/wine-bottle.ts';
import { coffeeTableRecipes } from './objects/coffee-table.ts';
import { floorLampRecipes } from './objects/floor-lamp.ts';
import { houseplantRecipes } from './objects/houseplant.ts';
import {
  novelRecipes,
  remoteRecipes,
  rugRecipes,
  televisionRecipes,
  vaseRecipes,
} from './objects/living-things.ts';
import { carRecipes } from './objects/car.ts';
import { pedestrianRecipes } from './objects/pedestrian.ts';
import {
  benchRecipes,
  bollardRecipes,
  hydrantRecipes,
  litterBinRecipes,
  streetLampRecipes,
  trafficConeRecipes,
} from './objects/street-furniture.ts';
import { roadSignRecipes, trafficLightRecipes } from './objects/traffic.ts';
import { treeRecipes } from './objects/tree.ts';
import { hayBaleRecipes, stoneRecipes } from './objects/bales-and-stones.ts';
import { cropRecipes } from './objects/crops.ts';
import { fieldCrateRecipes } from './objects/field-crate.ts';
import { sheepRecipes } from './objects/sheep.ts';
import { tractorRecipes } from './objects/tractor.ts';
import { robotArmRecipes } from './objects/robot-arm.ts';
import { trailerRecipes } from './objects/trailer.ts';
import { weedRecipes } from './objects/weeds.ts';
import { armchairRecipes, poufRecipes, sofaRecipes } from './objects/seating.ts';

/** Every model of the shipped library, objects first, then surfaces. */
export const recipes: readonly Recipe[] = [
  ...mugRecipes,
  ...bowlRecipes,
  ...plateRecipes,
  ...tinCanRecipes,
  ...sodaCanRecipes,
  ...bottleRecipes,
  ...wineBottleRecipes,
  ...jarRecipes,
  ...candleRecipes,
  ...cerealBoxRecipes,
  ...cartonRecipes,
  ...teaBoxRecipes,
  ...bookRecipes,
  ...appleRecipes,
  ...pearRecipes,
  ...orangeRecipes,
  ...lemonRecipes,
  ...bananaRecipes,
  ...ballRecipes,
  ...diceRecipes,
  ...toyBlockRecipes,
  ...duckRecipes,
  ...spoonRecipes,
  ...forkRecipes,
  ...knifeRecipes,
  ...clockRecipes,
  ...lampRecipes,
  ...plantRecipes,
  ...tableRecipes,
  ...cuttingBoardRecipes,
  ...trayRecipes,
  ...placematRecipes,
  ...sofaRecipes,
  ...armchairRecipes,
  ...poufRecipes,
  ...coffeeTableRecipes,
  ...floorLampRecipes,
  ...houseplantRecipes,
  ...rugRecipes,
  ...televisionRecipes,
  ...novelRecipes,
  ...vaseRecipes,
  ...remoteRecipes,
  ...carRecipes,
  ...pedestrianRecipes,
  ...trafficLightRecipes,
  ...roadSignRecipes,
  ...streetLampRecipes,
  ...bollardRecipes,
  ...litterBinRecipes,
  ...hydrantRecipes,
  ...trafficConeRecipes,
  ...benchRecipes,
  ...treeRecipes,
  ...cropRecipes,
  ...weedRecipes,
  ...stoneRecipes,
  ...hayBaleRecipes,
  ...fieldCrateRecipes,
  ...sheepRecipes,
  ...tractorRecipes,
  ...trailerRecipes,
  ...robotArmRecipes,
];
