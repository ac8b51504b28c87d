using Esb.Tables.Errors;

namespace Esb.Tables.Operations.Reading;

/// <summary>The parameter Select does not fit the others.</summary>
/// <param name="message">AWS's message, without the prefix that queries have.</param>
internal sealed class SelectException(string message) : TableException("ValidationException", message);
