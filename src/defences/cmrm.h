// Cross-Modality Representation Manipulation (arXiv 2410.09047): a picture moves the residual
// stream away from where the text model was aligned; add the shift back.
//
//   v_l = h_l(text) − h_l(text + meaningless picture)      h_l += sign · alpha · guard(v_l)
//
// `cmrm.cpp` is the method at inference, `cmrm_fit.cpp` measures v over many requests,
// `cmrm_vectors.h` is the arithmetic.
#pragma once

#include <vector>

#include "defences/registry.h"
#include "interventions/residual_edit.h"

namespace sightline {

// Fit of the dataset-level vectors.
FitEntry cmrm_fit();

// Shift of one request at every block: h(text) − h(text + corrupted picture), [L, D] fp64.
// REQUIRES: the conversation holds a picture.
at::Tensor cmrm_shift(const Conversation& conversation, const std::string& corruption,
                      Generator& generator, const ModelInfo& model, const TapList& edits = {});

}  // namespace sightline
