using Esb.Tables.Catalog;
using Esb.Tables.Errors;
using Esb.Tables.Protocol;

namespace Esb.Tables.Operations.Tables;

/// <summary>The stream settings of a table, in requests and in descriptions.</summary>
internal static class StreamSettings
{
    /// <summary>The view of the stream that a request asks for, or null if it asks for none.</summary>
    /// <exception cref="TableException">
    /// A stream is enabled without a view, or a view is given without an enabled stream.
    /// </exception>
    public static StreamView? View(Input input)
    {
        if (input.Structure("StreamSpecification") is not { } stream)
            return null;
        var view = stream.Text("StreamViewType");
        if (stream.Flag("StreamEnabled") == (view is null))
        {
            throw TableException.Validation(view is null
                ? "One or more parameter values were invalid: StreamViewType must be specified when "
                    + "StreamEnabled is true"
                : "One or more parameter values were invalid: Table is being created with stream disabled. "
                    + "StreamViewType must not be specified");
        }

        return view is null ? null : Parse(view);
    }

    public static string Text(StreamView view) => view switch
    {
        StreamView.KeysOnly => "KEYS_ONLY",
        StreamView.NewImage => "NEW_IMAGE",
        StreamView.OldImage => "OLD_IMAGE",
        _ => "NEW_AND_OLD_IMAGES",
    };

    private static StreamView Parse(string text) => text switch
    {
        "KEYS_ONLY" => StreamView.KeysOnly,
        "NEW_IMAGE" => StreamView.NewImage,
        "OLD_IMAGE" => StreamView.OldImage,
        _ => StreamView.NewAndOldImages,
    };
}
