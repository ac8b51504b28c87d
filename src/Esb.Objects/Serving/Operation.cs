using Esb.Objects.Errors;
using Esb.Objects.Requests;

namespace Esb.Objects.Serving;

/// <summary>Answers one kind of request, or throws an <see cref="S3Exception"/>.</summary>
internal delegate Task Operation(S3Request request, CancellationToken cancellation);
