using Esb.Tables.Errors;

namespace Esb.Tables.Operations.Reading;

/// <summary>The parameter Select does not fit the other parameters.</summary>
/// <param name="message">AWS's message, without the prefix that it has for queries.</param>
internal sealed class SelectException(string message) : TableException("ValidationException", message);
