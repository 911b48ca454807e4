#include "nn/kernels/kernels.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "nn/kernels/kernel_set.h"
#include "nn/kernels/workers.h"
#include "sightline/error.h"

namespace sightline::kernels {
namespace {

constexpr std::int64_t kCachedRowBytes = 768 << 10;  // rows of x that stay in the second cache
constexpr std::int64_t kPieceBytes = 160 << 10;      // of weights, claimed at once
constexpr std::int64_t kRowPieces = 64;              // of work on separate rows
constexpr std::int64_t kAloneOperations = 40000;     // a pass this small is not worth waking anyone

std::int64_t blocks_of(std::int64_t count) { return (count + kBlock - 1) / kBlock; }

std::size_t padded(std::size_t bytes) { return (bytes + 63) / 64 * 64; }

int workers_for(std::int64_t operations) {
  return operations < kAloneOperations ? 1 : kernel_threads();
}

std::int64_t element_bytes(WeightType type) {
  switch (type) {
    case WeightType::kF32: return 4;
    case WeightType::kBf16: return 2;
    case WeightType::kInt8: return 1;
  }
  return 4;
}

bool any_of_type(std::span<const LinearTask> tasks, WeightType type) {
  return std::any_of(tasks.begin(), tasks.end(),
                     [type](const LinearTask& task) { return task.weight.type == type; });
}

// How a linear pass is cut: chunks of x rows, each times the weight blocks of all tasks in a line.
struct LinearCut {
  std::int64_t chunk_rows = 0;
  std::int64_t chunks = 0;
  std::int64_t blocks = 0;
  std::int64_t pieces = 0;
};

LinearCut cut_linear(const LinearPass& pass, std::span<const LinearTask> tasks, int workers) {
  LinearCut cut;
  std::int64_t bytes = 0;
  for (const LinearTask& task : tasks) {
    cut.blocks += blocks_of(task.weight.out);
    bytes += task.weight.out * pass.in * element_bytes(task.weight.type);
  }
  const std::int64_t row_bytes =
      std::max<std::int64_t>(pass.in, 1) * (any_of_type(tasks, WeightType::kF32) ? 4 : 2);
  cut.chunk_rows = std::max<std::int64_t>(32, kCachedRowBytes / row_bytes / 32 * 32);
  cut.chunks = (pass.rows + cut.chunk_rows - 1) / cut.chunk_rows;
  // The same number of pieces for each worker.
  const std::int64_t each = cut.chunks * bytes / workers / kPieceBytes;
  cut.pieces = workers * std::max<std::int64_t>(each, 2);
  return cut;
}

// Runs units [begin, end) of the cut; unit = chunk · blocks + block.
void run_units(const KernelSet& set, const LinearPass& pass, std::span<const LinearTask> tasks,
               const LinearCut& cut, std::int64_t begin, std::int64_t end, std::byte* scratch) {
  while (begin < end) {
    const std::int64_t chunk = begin / cut.blocks;
    std::int64_t block = begin % cut.blocks;
    std::size_t t = 0;
    while (block >= blocks_of(tasks[t].weight.out)) block -= blocks_of(tasks[t++].weight.out);
    const std::int64_t out = tasks[t].weight.out;
    const std::int64_t count = std::min(end - begin, blocks_of(out) - block);
    const LinearPart part = {.row_begin = chunk * cut.chunk_rows,
                             .row_end = std::min(pass.rows, (chunk + 1) * cut.chunk_rows),
                             .out_begin = block * kBlock,
                             .out_end = std::min(out, (block + count) * kBlock)};
    set.linear(pass, tasks[t], part, scratch);
    begin += count;
  }
}

// Sizes of the packed forms of x that the tasks want, by WeightType.
std::array<std::size_t, 3> packed_sizes(const KernelSet& set, std::span<const LinearTask> tasks,
                                        std::int64_t rows, std::int64_t in) {
  std::array<std::size_t, 3> sizes = {};
  if (!set.pack) return sizes;
  for (const WeightType type : {WeightType::kBf16, WeightType::kInt8}) {
    if (any_of_type(tasks, type))
      sizes[std::size_t(type)] = padded(set.packed_bytes(type, rows, in));
  }
  return sizes;
}

// Packs x into `to`, the forms one after another.
void pack(const KernelSet& set, LinearPass& pass, const std::array<std::size_t, 3>& sizes,
          std::byte* to) {
  const int workers = workers_for(pass.rows * pass.in);
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    if (sizes[i] == 0) continue;
    parallel_for(
        workers, blocks_of(pass.rows), 4 * workers, [&](std::int64_t begin, std::int64_t end, int) {
          set.pack(WeightType(i), pass, begin * kBlock, std::min(pass.rows, end * kBlock), to);
        });
    pass.packed[i] = to;
    to += sizes[i];
  }
}

// How an attention pass is cut: the query rows of each task in pieces, times head groups.
struct AttentionCut {
  std::int64_t rows = 0;   // query rows of a piece, at most
  std::int64_t heads = 0;  // query heads of a piece
  std::int64_t units = 0;
};

std::int64_t pieces_of(const AttentionTask& task, const AttentionCut& cut) {
  return (task.count + cut.rows - 1) / cut.rows;
}

AttentionCut cut_attention(const AttentionShape& shape, std::span<const AttentionTask> tasks,
                           int workers) {
  const std::int64_t group = shape.heads / shape.kv_heads;
  AttentionCut cut = {.rows = std::max<std::int64_t>(1, 48 / group), .heads = group, .units = 0};
  std::int64_t pieces = 0;
  for (const AttentionTask& task : tasks) pieces += pieces_of(task, cut);
  if (pieces * shape.kv_heads < workers) cut.heads = 1;
  cut.units = pieces * (shape.heads / cut.heads);
  return cut;
}

}  // namespace

void linear(const float* x, std::int64_t rows, std::int64_t in, std::span<const LinearTask> tasks) {
  const KernelSet& set = current_kernels();
  std::int64_t outs = 0;
  for (const LinearTask& task : tasks) outs += task.weight.out;
  if (rows <= 0 || outs <= 0) return;

  LinearPass pass = {.x = x, .rows = rows, .in = in, .packed = {}};
  const int workers = workers_for(rows * outs * in);
  const auto sizes = packed_sizes(set, tasks, rows, in);
  const std::size_t worker_bytes = padded(set.linear_scratch(in));
  std::byte* const scratch =
      kept_scratch(worker_bytes * std::size_t(workers) + sizes[1] + sizes[2]);
  pack(set, pass, sizes, scratch + worker_bytes * std::size_t(workers));
  const LinearCut cut = cut_linear(pass, tasks, workers);
  parallel_for(workers, cut.blocks * cut.chunks, cut.pieces,
               [&](std::int64_t begin, std::int64_t end, int worker) {
                 run_units(set, pass, tasks, cut, begin, end,
                           scratch + worker_bytes * std::size_t(worker));
               });
}

void attention(const AttentionShape& shape, std::span<const AttentionTask> tasks) {
  const KernelSet& set = current_kernels();
  std::int64_t operations = 0;
  std::int64_t visible = 0;
  std::int64_t rows = 0;
  for (const AttentionTask& task : tasks) {
    operations += task.count * (task.position + task.count) * shape.heads * shape.head_width;
    visible = std::max(visible, task.position + task.count);
    rows = std::max(rows, task.count);
  }
  if (rows <= 0) return;

  const int workers = workers_for(operations);
  const AttentionCut cut = cut_attention(shape, tasks, workers);
  const std::size_t worker_bytes =
      padded(set.attention_scratch(shape, std::min(rows, cut.rows) * cut.heads, visible));
  std::byte* const scratch = kept_scratch(worker_bytes * std::size_t(workers));
  const std::int64_t head_groups = shape.heads / cut.heads;
  const auto run = [&](std::int64_t unit, int worker) {
    std::size_t t = 0;
    while (unit >= pieces_of(tasks[t], cut) * head_groups) {
      unit -= pieces_of(tasks[t++], cut) * head_groups;
    }
    const std::int64_t row = unit % pieces_of(tasks[t], cut) * cut.rows;
    const AttentionPart part = {.row = row,
                                .rows = std::min(cut.rows, tasks[t].count - row),
                                .head = unit / pieces_of(tasks[t], cut) * cut.heads,
                                .heads = cut.heads};
    set.attention(shape, tasks[t], part, scratch + worker_bytes * std::size_t(worker));
  };
  parallel_for(workers, cut.units, cut.units,
               [&](std::int64_t begin, std::int64_t end, int worker) {
                 for (std::int64_t unit = begin; unit < end; ++unit) run(unit, worker);
               });
}

void rms_norm(const float* x, const float* weight, float eps, std::int64_t rows, std::int64_t width,
              float* out) {
  const KernelSet& set = current_kernels();
  parallel_for(
      workers_for(rows * width), rows, kRowPieces, [&](std::int64_t begin, std::int64_t end, int) {
        set.rms_norm(x + begin * width, weight, eps, end - begin, width, out + begin * width);
      });
}

void rotate_half(float* x, std::int64_t rows, std::int64_t stride, std::int64_t heads,
                 std::int64_t head_width, const float* cosines, const float* sines) {
  const KernelSet& set = current_kernels();
  const std::int64_t half = head_width / 2;
  parallel_for(workers_for(rows * heads * head_width), rows, kRowPieces,
               [&](std::int64_t begin, std::int64_t end, int) {
                 set.rotate_half(x + begin * stride, end - begin, stride, heads, head_width,
                                 cosines + begin * half, sines + begin * half);
               });
}

void silu_multiply(const float* gate, const float* up, std::int64_t rows, std::int64_t width,
                   std::int64_t stride, float* out) {
  const KernelSet& set = current_kernels();
  parallel_for(workers_for(rows * width * 4), rows, kRowPieces,
               [&](std::int64_t begin, std::int64_t end, int) {
                 set.silu_multiply(gate + begin * stride, up + begin * stride, end - begin, width,
                                   stride, out + begin * width);
               });
}

void append_to_cache(const float* rows, std::int64_t count, std::int64_t stride,
                     std::int64_t kv_heads, std::int64_t head_width, std::int64_t position,
                     std::int64_t capacity, CacheType type, void* cache) {
  const KernelSet& set = current_kernels();
  const std::int64_t bytes = type == CacheType::kBf16 ? 2 : 4;
  auto* const to = static_cast<std::byte*>(cache);
  parallel_for(workers_for(count * kv_heads * head_width), count, kRowPieces,
               [&](std::int64_t begin, std::int64_t end, int) {
                 for (std::int64_t t = begin; t < end; ++t) {
                   for (std::int64_t g = 0; g < kv_heads; ++g) {
                     const float* row = rows + t * stride + g * head_width;
                     std::byte* at = to + (g * capacity + position + t) * head_width * bytes;
                     if (type == CacheType::kBf16) {
                       set.to_bf16(row, head_width, at);
                     } else {
                       std::memcpy(at, row, std::size_t(head_width) * sizeof(float));
                     }
                   }
                 }
               });
}

void gather_rows(const Linear& table, std::int64_t in, std::span<const std::int64_t> ids,
                 float* out) {
  const KernelSet& set = current_kernels();
  const auto* data = static_cast<const std::byte*>(table.data);
  for (const std::int64_t id : ids) {
    if (id < 0 || id >= table.out) {
      fail(ErrorKind::kInternal, "token id {} is outside the table of {} rows", id, table.out);
    }
    set.widen(table.type, data + id * in * element_bytes(table.type), in,
              table.scales ? table.scales[id] : 1.0f, out);
    out += in;
  }
}

void quantise_rows(const float* weight, std::int64_t out, std::int64_t in, std::int8_t* data,
                   float* scales) {
  const KernelSet& set = current_kernels();
  parallel_for(workers_for(out * in), out, out / 16,
               [&](std::int64_t begin, std::int64_t end, int) {
                 for (std::int64_t row = begin; row < end; ++row) {
                   set.quantise_row(weight + row * in, in, data + row * in, scales + row);
                 }
               });
}

}  // namespace sightline::kernels
