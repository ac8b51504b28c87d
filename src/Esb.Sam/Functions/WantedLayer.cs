using Esb.Schema.Diagnostics;

namespace Esb.Sam.Functions;

/// <summary>A layer that a function asks for.</summary>
/// <param name="Written">As its reference says it: a name or an ARN.</param>
/// <param name="Resource">The function, as the receipt names it.</param>
/// <param name="Place">Where it stands.</param>
internal sealed record WantedLayer(string Written, string Resource, Place Place)
{
    /// <summary>The layer's name: an ARN has it behind <c>layer</c>.</summary>
    public string Name => Written.StartsWith("arn:", StringComparison.Ordinal) ? Written.Split(':').ElementAtOrDefault(6) ?? Written : Written;
}
