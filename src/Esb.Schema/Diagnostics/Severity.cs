namespace Esb.Schema.Diagnostics;

/// <summary>How much a <see cref="Diagnostic"/> matters.</summary>
public enum Severity
{
    /// <summary>Said for completeness; nothing is wrong.</summary>
    Information,

    /// <summary>The work goes on, but not exactly as written.</summary>
    Warning,

    /// <summary>The input cannot be used; nothing is changed.</summary>
    Error,
}
