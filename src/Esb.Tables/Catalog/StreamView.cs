namespace Esb.Tables.Catalog;

/// <summary>What the records of a stream contain beside the keys.</summary>
public enum StreamView
{
    /// <summary>KEYS_ONLY: nothing.</summary>
    KeysOnly,

    /// <summary>NEW_IMAGE: the item after the change.</summary>
    NewImage,

    /// <summary>OLD_IMAGE: the item before the change.</summary>
    OldImage,

    /// <summary>NEW_AND_OLD_IMAGES: both.</summary>
    NewAndOldImages,
}
