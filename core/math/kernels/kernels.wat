;; Inner products and weighted sums of rows of 32-bit numbers, four numbers at a time (WebAssembly SIMD).
;; All addresses and starts are in bytes. `npm run build:kernels` makes kernels.wasm of this.
(module
  (import "kernel" "memory" (memory 1))

  ;; For each of `count` starts: the inner product of `width` numbers at `vector` with those at `rows` + start, to `into`.
  (func (export "products")
    (param $vector i32) (param $width i32) (param $rows i32) (param $starts i32) (param $count i32) (param $into i32)
    (local $row i32) (local $at i32) (local $end i32) (local $whole i32)
    (local $one v128) (local $other v128) (local $sum f32)
    (local.set $end (i32.add (local.get $vector) (i32.shl (local.get $width) (i32.const 2))))
    (local.set $whole (i32.add (local.get $vector) (i32.shl (i32.and (local.get $width) (i32.const -8)) (i32.const 2))))
    (block $done
      (loop $rows
        (br_if $done (i32.eqz (local.get $count)))
        (local.set $row (i32.add (local.get $rows) (i32.load (local.get $starts))))
        (local.set $at (local.get $vector))
        (local.set $one (v128.const f32x4 0 0 0 0))
        (local.set $other (v128.const f32x4 0 0 0 0))
        (block $eights
          (loop $eight
            (br_if $eights (i32.ge_u (local.get $at) (local.get $whole)))
            (local.set $one (f32x4.add (local.get $one)
              (f32x4.mul (v128.load (local.get $at)) (v128.load (local.get $row)))))
            (local.set $other (f32x4.add (local.get $other)
              (f32x4.mul (v128.load offset=16 (local.get $at)) (v128.load offset=16 (local.get $row)))))
            (local.set $at (i32.add (local.get $at) (i32.const 32)))
            (local.set $row (i32.add (local.get $row) (i32.const 32)))
            (br $eight)))
        (local.set $one (f32x4.add (local.get $one) (local.get $other)))
        (local.set $sum (f32.add
          (f32.add (f32x4.extract_lane 0 (local.get $one)) (f32x4.extract_lane 1 (local.get $one)))
          (f32.add (f32x4.extract_lane 2 (local.get $one)) (f32x4.extract_lane 3 (local.get $one)))))
        (block $singles
          (loop $single
            (br_if $singles (i32.ge_u (local.get $at) (local.get $end)))
            (local.set $sum (f32.add (local.get $sum) (f32.mul (f32.load (local.get $at)) (f32.load (local.get $row)))))
            (local.set $at (i32.add (local.get $at) (i32.const 4)))
            (local.set $row (i32.add (local.get $row) (i32.const 4)))
            (br $single)))
        (f32.store (local.get $into) (local.get $sum))
        (local.set $into (i32.add (local.get $into) (i32.const 4)))
        (local.set $starts (i32.add (local.get $starts) (i32.const 4)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $rows))))

  ;; Adds to `width` numbers at `sum` those at `rows` + start times their weight, for each of `count` starts.
  (func (export "addRows")
    (param $sum i32) (param $width i32) (param $rows i32) (param $starts i32) (param $count i32) (param $weights i32)
    (local $row i32) (local $at i32) (local $end i32) (local $whole i32) (local $weight v128)
    (local.set $end (i32.add (local.get $sum) (i32.shl (local.get $width) (i32.const 2))))
    (local.set $whole (i32.add (local.get $sum) (i32.shl (i32.and (local.get $width) (i32.const -4)) (i32.const 2))))
    (block $done
      (loop $rows
        (br_if $done (i32.eqz (local.get $count)))
        (local.set $row (i32.add (local.get $rows) (i32.load (local.get $starts))))
        (local.set $at (local.get $sum))
        (local.set $weight (v128.load32_splat (local.get $weights)))
        (block $fours
          (loop $four
            (br_if $fours (i32.ge_u (local.get $at) (local.get $whole)))
            (v128.store (local.get $at)
              (f32x4.add (v128.load (local.get $at)) (f32x4.mul (local.get $weight) (v128.load (local.get $row)))))
            (local.set $at (i32.add (local.get $at) (i32.const 16)))
            (local.set $row (i32.add (local.get $row) (i32.const 16)))
            (br $four)))
        (block $singles
          (loop $single
            (br_if $singles (i32.ge_u (local.get $at) (local.get $end)))
            (f32.store (local.get $at) (f32.add (f32.load (local.get $at))
              (f32.mul (f32x4.extract_lane 0 (local.get $weight)) (f32.load (local.get $row)))))
            (local.set $at (i32.add (local.get $at) (i32.const 4)))
            (local.set $row (i32.add (local.get $row) (i32.const 4)))
            (br $single)))
        (local.set $weights (i32.add (local.get $weights) (i32.const 4)))
        (local.set $starts (i32.add (local.get $starts) (i32.const 4)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $rows)))))
