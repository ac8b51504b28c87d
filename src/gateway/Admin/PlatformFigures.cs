using Esb.Gateway.Asynchronous;
using Esb.Gateway.Bodies;
using Esb.Gateway.Tracing;
using Esb.Gateway.Workers;

namespace Esb.Gateway.Admin;

/// <summary>Figures that do not belong to a single function.</summary>
internal sealed record PlatformFigures(
    AsynchronousInvocations Asynchronous,
    RequestFigures Requests,
    WorkerMemory Memory,
    AnswersInFlight Answers);
