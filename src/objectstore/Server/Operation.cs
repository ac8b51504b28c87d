using Esb.ObjectStore.Errors;
using Esb.ObjectStore.Requests;

namespace Esb.ObjectStore.Server;

/// <summary>Answers one kind of request, or throws an <see cref="S3Exception"/>.</summary>
internal delegate Task Operation(S3Request request, CancellationToken cancellation);
