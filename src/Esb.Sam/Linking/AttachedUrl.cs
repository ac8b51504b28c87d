using Esb.Sam.Functions;

namespace Esb.Sam.Linking;

/// <summary>One URL of a function. ESB serves one for each function.</summary>
/// <param name="Url">The URL.</param>
/// <param name="Qualifier">The alias that it belongs to; null for the function itself.</param>
internal sealed record AttachedUrl(FunctionUrl Url, string? Qualifier);
