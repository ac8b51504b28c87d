using Esb.Schema.Diagnostics;

namespace Esb.Stores.Server;

/// <summary>The server cannot start in this environment. This leads to one line of output and exit code 1.</summary>
internal sealed class StartFailure(Diagnostic diagnostic) : Exception(diagnostic.Message)
{
    public Diagnostic Diagnostic { get; } = diagnostic;
}
