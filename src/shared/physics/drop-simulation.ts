import type { Collider, RigidBody, World } from '@dimforge/rapier3d-deterministic-compat';
import { SamplingError } from '../core/errors.ts';
import type { Hull, Quat } from '../core/geometry.ts';
import type { BodyPose, FixedBody, LooseBody, RestingBody } from './bodies.ts';
import { requirePhysics } from './engine.ts';

const GRAVITY = 9.81;
const STEP_SECONDS = 1 / 120;
/** Rapier scales its tolerances by the size of things: household objects measure tenths of a metre. */
const LENGTH_UNIT = 0.1;
/** Stiff contacts: a weight sinks in by less than 0.1 mm. */
const CONTACT_HERTZ = 60;
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
    this.#world = new rapier.World({ x: 0, y: -GRAVITY, z: 0 });
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
      const { x, y, z } = body.translation();
      const com = body.worldCom();
      return {
        position: [x, y, z],
        orientation: unitQuaternion(body.rotation()),
        centreOfMass: [com.x, com.y, com.z],
      };
    });
  }

  free(): void {
    this.#world.free();
  }

  #add(loose: LooseBody): Member {
    const { RigidBodyDesc } = requirePhysics();
    const [x, y, z] = loose.position;
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
          .setDensity(loose.densityKgPerCubicMeter)
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
          this.#world.contactPair(collider, other, (manifold) => {
            for (let i = 0; i < manifold.numContacts(); i++)
              deepest = Math.max(deepest, -manifold.contactDist(i));
          });
        });
      }
    }
    return deepest;
  }
}

function colliderOf(hull: Hull, name: string) {
  const { ColliderDesc } = requirePhysics();
  const points = Float32Array.from(hull.flat());
  if (!points.every(Number.isFinite))
    throw new SamplingError(`${name}: expected finite points of a hull, found others`);
  const description = ColliderDesc.convexHull(points);
  if (description) return description;
  throw new SamplingError(`${name}: its hull is flat: it has no volume to collide with`);
}

function isStill(body: RigidBody): boolean {
  if (body.isSleeping()) return true;
  const [v, w] = [body.linvel(), body.angvel()];
  return (
    v.x * v.x + v.y * v.y + v.z * v.z < REST_SPEED * REST_SPEED &&
    w.x * w.x + w.y * w.y + w.z * w.z < REST_SPIN * REST_SPIN
  );
}

function restore(body: RigidBody, { position, orientation }: BodyPose): void {
  const still = { x: 0, y: 0, z: 0 };
  const [x, y, z] = position;
  const [qw, qx, qy, qz] = orientation;
  body.setTranslation({ x, y, z }, true);
  body.setRotation({ w: qw, x: qx, y: qy, z: qz }, true);
  body.setLinvel(still, true);
  body.setAngvel(still, true);
}

/** Rapier computes in single precision; the quaternion is brought to unit length in double precision. */
function unitQuaternion({ w, x, y, z }: Readonly<Record<'w' | 'x' | 'y' | 'z', number>>): Quat {
  const length = Math.sqrt(w * w + x * x + y * y + z * z);
  return [w / length, x / length, y / length, z / length];
}
