import type { Collider, RigidBody, World } from '@dimforge/rapier3d-deterministic-compat';
import { SamplingError } from '../core/errors.ts';
import type { Hull, Quat, Vec3 } from '../core/geometry.ts';
import type { BodyPose, FixedBody, LooseBody, RestingBody } from './bodies.ts';
import { requirePhysics } from './engine.ts';

/**
 * The engine reckons in decimetres. Its contacts stay as they are until they have moved by a thousandth of
 * a unit, whatever `lengthUnit` says: with metres, objects of some centimetres are held apart or pressed
 * together by 1 to 3 mm, and heaps of more than twenty are refused for it.
 */
const UNITS_PER_METER = 10;
const CUBIC_METER = UNITS_PER_METER * UNITS_PER_METER * UNITS_PER_METER;
const GRAVITY = 9.81;
const STEP_SECONDS = 1 / 120;
/** Rapier scales its other tolerances by the size of things: household objects measure about a decimetre. */
const LENGTH_UNIT = 1;
/** Stiff contacts: a weight sinks in by less than 0.1 mm. */
const CONTACT_HERTZ = 90;
const SOLVER_ITERATIONS = 8;
/** Stands in for air and, above all, for rolling resistance, which Rapier does not have. */
const LINEAR_DAMPING = 0.4;
const ANGULAR_DAMPING = 3;

/** Slower than this, in metres and radians per second, is rest … */
const REST_SPEED = 0.008;
const REST_SPIN = 0.12;
/** … once it has lasted for so many steps: 0.2 s. */
const REST_STEPS = 24;
/** Deepest overlap of bodies at rest, metres. */
const DEEPEST = 0.001;

/** How a fall ended. */
export type FallOutcome = 'rest' | 'restless' | 'overlap';

type Member = Readonly<{ body: RigidBody; colliders: readonly Collider[] }>;

/**
 * A world in which bodies fall, one after another, and come to rest on what stays where it is and on each
 * other. The same calls give the same bits wherever they run. Call {@link DropSimulation.free} in the end.
 */
export class DropSimulation {
  readonly #world: World;
  readonly #members: Member[] = [];

  constructor(fixed: readonly FixedBody[]) {
    const rapier = requirePhysics();
    this.#world = new rapier.World({ x: 0, y: -GRAVITY * UNITS_PER_METER, z: 0 });
    this.#world.timestep = STEP_SECONDS;
    this.#world.lengthUnit = LENGTH_UNIT;
    this.#world.integrationParameters.contact_natural_frequency = CONTACT_HERTZ;
    this.#world.numSolverIterations = SOLVER_ITERATIONS;
    for (const { hulls, friction, name } of fixed) {
      for (const hull of hulls) {
        this.#world.createCollider(colliderOf(hull, name).setFriction(friction));
      }
    }
  }

  /**
   * Lets a body fall, and what it pushes with it, until all are at rest or `maxSeconds` have passed.
   * Unless they rest, it is taken out and everything else is put back.
   */
  drop(loose: LooseBody, maxSeconds: number): FallOutcome {
    const before = this.resting();
    const member = this.#add(loose);
    this.#members.push(member);
    const outcome = this.#settle(Math.round(maxSeconds / STEP_SECONDS));
    if (outcome !== 'rest') this.withdraw(before);
    return outcome;
  }

  /** Takes the last body out again, and puts the others where they were. */
  withdraw(before: readonly BodyPose[]): void {
    const last = this.#members.pop();
    if (last) this.#world.removeRigidBody(last.body);
    for (const [i, { body }] of this.#members.entries()) {
      const pose = before[i];
      if (pose) restore(body, pose);
    }
  }

  /** Where the bodies are, in the order in which they fell. */
  resting(): readonly RestingBody[] {
    return this.#members.map(({ body }) => {
      return {
        position: inMeters(body.translation()),
        orientation: unitQuaternion(body.rotation()),
        centreOfMass: inMeters(body.worldCom()),
      };
    });
  }

  free(): void {
    this.#world.free();
  }

  #add(loose: LooseBody): Member {
    const { RigidBodyDesc } = requirePhysics();
    const { x, y, z } = inUnits(loose.position);
    const [qw, qx, qy, qz] = loose.orientation;
    const body = this.#world.createRigidBody(
      RigidBodyDesc.dynamic()
        .setTranslation(x, y, z)
        .setRotation({ w: qw, x: qx, y: qy, z: qz })
        .setLinearDamping(LINEAR_DAMPING)
        .setAngularDamping(ANGULAR_DAMPING)
        .setCcdEnabled(true),
    );
    const colliders = loose.hulls.map((hull) =>
      this.#world.createCollider(
        colliderOf(hull, 'a falling object')
          .setDensity(loose.densityKgPerCubicMeter / CUBIC_METER)
          .setFriction(loose.friction)
          .setRestitution(loose.restitution),
        body,
      ),
    );
    return { body, colliders };
  }

  #settle(maxSteps: number): FallOutcome {
    let still = 0;
    for (let step = 0; step < maxSteps; step++) {
      this.#world.step();
      still = this.#members.every(({ body }) => isStill(body)) ? still + 1 : 0;
      if (still >= REST_STEPS) return this.#deepestOverlap() <= DEEPEST ? 'rest' : 'overlap';
    }
    return 'restless';
  }

  #deepestOverlap(): number {
    let deepest = 0;
    for (const { colliders } of this.#members) {
      for (const collider of colliders) {
        this.#world.contactPairsWith(collider, (other) => {
          deepest = Math.max(deepest, this.#overlapOf(collider, other));
        });
      }
    }
    return deepest;
  }

  /** Metres. Contacts that were kept from an earlier step may claim too much, so a deep one is measured anew. */
  #overlapOf(one: Collider, other: Collider): number {
    let kept = 0;
    this.#world.contactPair(one, other, (manifold) => {
      for (let i = 0; i < manifold.numContacts(); i++)
        kept = Math.max(kept, -manifold.contactDist(i) / UNITS_PER_METER);
    });
    if (kept <= DEEPEST) return kept;
    const measured = one.contactCollider(other, UNITS_PER_METER);
    return measured === null ? kept : Math.min(kept, -measured.distance / UNITS_PER_METER);
  }
}

function colliderOf(hull: Hull, name: string) {
  const { ColliderDesc } = requirePhysics();
  const points = Float32Array.from(hull.flat(), (meters) => meters * UNITS_PER_METER);
  if (!points.every(Number.isFinite))
    throw new SamplingError(`${name}: expected finite points of a hull, found others`);
  const description = ColliderDesc.convexHull(points);
  if (description) return description;
  throw new SamplingError(`${name}: its hull is flat: it has no volume to collide with`);
}

function isStill(body: RigidBody): boolean {
  if (body.isSleeping()) return true;
  const [v, w] = [body.linvel(), body.angvel()];
  const speed = REST_SPEED * UNITS_PER_METER;
  return (
    v.x * v.x + v.y * v.y + v.z * v.z < speed * speed &&
    w.x * w.x + w.y * w.y + w.z * w.z < REST_SPIN * REST_SPIN
  );
}

function restore(body: RigidBody, { position, orientation }: BodyPose): void {
  const still = { x: 0, y: 0, z: 0 };
  const [qw, qx, qy, qz] = orientation;
  body.setTranslation(inUnits(position), true);
  body.setRotation({ w: qw, x: qx, y: qy, z: qz }, true);
  body.setLinvel(still, true);
  body.setAngvel(still, true);
}

type Point = Readonly<Record<'x' | 'y' | 'z', number>>;

const inUnits = ([x, y, z]: Vec3): Point => ({
  x: x * UNITS_PER_METER,
  y: y * UNITS_PER_METER,
  z: z * UNITS_PER_METER,
});

const inMeters = ({ x, y, z }: Point): Vec3 => [
  x / UNITS_PER_METER,
  y / UNITS_PER_METER,
  z / UNITS_PER_METER,
];

/** Rapier computes in single precision; the quaternion is brought to unit length in double precision. */
function unitQuaternion({ w, x, y, z }: Readonly<Record<'w' | 'x' | 'y' | 'z', number>>): Quat {
  const length = Math.sqrt(w * w + x * x + y * y + z * z);
  return [w / length, x / length, y / length, z / length];
}
